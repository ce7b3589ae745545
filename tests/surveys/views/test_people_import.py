"""How a file is read is asked before anything is written: its encoding, its sheet."""

import pytest

from tests.surveys.files.workbooks import xlsx, xml_rows
from tests.surveys.people_files import csv_file
from tests.surveys.views.people_uploads import PREVIEW, preview, working

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.VAR_DIR = tmp_path


def test_another_encoding_is_chosen_by_a_sample_before_anything_is_read(hr):
    data = csv_file(
        ["a@x.example", "Łukasz Żak", "Księgowość"], header=["email", "name", "department"], encoding="cp1250"
    )
    page = preview(hr, data)
    assert page.templates[0].name == "surveys/people_encoding.html"
    assert "<bdi>Łukasz Żak</bdi>" in page.text
    assert "form" not in page.context
    chosen = hr.get(PREVIEW, {"encoding": "cp1250"})
    assert chosen.context["source"].encoding == "cp1250"
    hr.post(f"{PREVIEW}?encoding=cp1250", {"seen": chosen.context["form"].initial["seen"]})
    assert working() == {"Łukasz Żak"}


def test_what_was_seen_in_one_encoding_is_never_imported_in_another(hr):
    data = csv_file(
        ["a@x.example", "Łukasz Żak", "Księgowość"], header=["email", "name", "department"], encoding="cp1250"
    )
    preview(hr, data)
    seen = hr.get(PREVIEW, {"encoding": "cp1250"}).context["form"].initial["seen"]
    hr.post(f"{PREVIEW}?encoding=cp1252", {"seen": seen})
    assert working() == set()


def test_the_sheet_is_named_and_another_visible_one_can_be_chosen(hr):
    header = ["email", "name", "department"]
    sheets = [("Now", "visible", ["a@x.example", "Ann", "Sales"]), ("Next", "visible", ["b@x.example", "Bo", "Sales"])]
    sheets.append(("Old", "hidden", ["c@x.example", "Cy", "Sales"]))
    data = xlsx([(name, state, xml_rows(header, row)) for name, state, row in sheets])
    page = preview(hr, data)
    assert (page.context["source"].sheet, page.context["source"].sheets) == ("Now", ("Now", "Next"))
    other = hr.get(PREVIEW, {"sheet": "Next"})
    hr.post(f"{PREVIEW}?sheet=Next", {"seen": other.context["form"].initial["seen"]})
    assert working() == {"Bo"}
