"""The way of a file from its upload, through the preview, to the roster."""

import re
import stat

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.html import escape

from surveys.roster.people_file.people import NAME_PARTS, OPTIONAL, REQUIRED
from surveys.services import roster
from tests.factories import make_department, make_employee
from tests.staff import make_staff
from tests.surveys.people_files import SIX, people_csv, xlsx_file
from tests.surveys.views.people_uploads import CANCEL, PREVIEW, UPLOAD, confirm, preview, send, working

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.VAR_DIR = tmp_path
    return tmp_path / "uploads"


def shown_messages(response):
    return [str(message) for message in response.context["messages"]]


def counted(page):
    return dict(page.context["counts"])


@pytest.mark.parametrize("path", [reverse("people"), UPLOAD, PREVIEW])
@pytest.mark.parametrize("role", ["leader", "auditor"])
def test_the_pages_are_for_hr_alone(client, path, role):
    client.force_login(make_staff(role))
    assert client.get(path).status_code == 403


@pytest.mark.parametrize("data", [people_csv(*SIX), xlsx_file(["email", "name", "department"])])
def test_uploading_writes_nothing(hr, data):
    send(hr, data)
    hr.get(PREVIEW)
    assert working() == set()


def test_a_file_is_looked_at_then_confirmed(hr, folder):
    page = preview(hr, people_csv(*SIX))
    assert counted(page) == {"New": 6, "Returning": 0, "Moved": 0, "Changed": 0, "Gone": 0, "Unchanged": 0}
    assert [section.kind for section in page.context["sections"]] == ["new_people", "new_departments"]
    assert "flo@northwind.example" in page.text
    done = confirm(hr, page)
    assert (done.status_code, done["Location"]) == (302, reverse("people"))
    assert working() == {"Ann", "Bo", "Cy", "Dee", "Eve", "Flo"}
    assert list(folder.iterdir()) == []
    assert shown_messages(hr.get(reverse("people"))) == ["The people are imported."]


def test_a_file_that_changes_nothing_asks_for_nothing(hr):
    confirm(hr, preview(hr, people_csv(*SIX)))
    page = preview(hr, people_csv(*SIX))
    assert counted(page)["Unchanged"] == 6
    assert "The file changes nothing" in page.text
    assert "Import the people" not in page.text


def test_a_long_list_is_cut_and_counted(hr):
    page = preview(hr, people_csv(*(f"P{number} Sales" for number in range(53))))
    assert "p49@northwind.example" in page.text
    assert "p50@northwind.example" not in page.text
    assert "and 3 more" in page.text


def test_the_upload_waits_in_a_file_for_its_owner_only(hr, folder):
    send(hr, people_csv(*SIX))
    (file,) = folder.iterdir()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_no_person_is_in_the_session_or_a_cookie(hr):
    preview(hr, people_csv(*SIX))
    kept = repr(dict(hr.session)) + hr.cookies.output()
    assert [name for name in ("ann@", "Ann", "Sales") if name in kept] == []
    assert list(hr.session.keys() - {"_auth_user_id", "_auth_user_backend", "_auth_user_hash"}) == ["people_upload"]


def test_a_new_upload_forgets_the_one_before(hr, folder):
    send(hr, people_csv("Ann Sales"))
    send(hr, people_csv("Bo Sales"))
    assert len(list(folder.iterdir())) == 1
    assert counted(hr.get(PREVIEW))["New"] == 1
    assert "bo@northwind.example" in hr.get(PREVIEW).text


def test_cancelling_forgets_the_file_and_changes_nothing(hr, folder):
    preview(hr, people_csv(*SIX))
    assert hr.post(CANCEL).status_code == 302
    assert list(folder.iterdir()) == []
    assert working() == set()
    assert hr.get(PREVIEW)["Location"] == UPLOAD


def test_a_change_after_the_preview_is_shown_before_it_is_written(hr):
    page = preview(hr, people_csv(*SIX))
    make_employee("Zoe", make_department("Labs"))
    again = confirm(hr, page)
    assert [message.level_tag for message in again.context["messages"]] == ["warning"]
    assert working() == {"Zoe"}
    assert counted(again)["New"] == 6
    confirm(hr, again, allow_gone="on")
    assert working() == {"Ann", "Bo", "Cy", "Dee", "Eve", "Flo"}


def test_confirming_one_file_never_imports_another(hr):
    page = preview(hr, people_csv("Ann Sales"))
    send(hr, people_csv("Bo Sales"))
    confirm(hr, page)
    assert working() == set()


def test_a_change_at_the_very_moment_of_writing_leads_back_to_the_preview(hr, monkeypatch):
    page = preview(hr, people_csv(*SIX))

    def too_late(_change, *, allow_gone):
        raise roster.RosterChangedError

    monkeypatch.setattr(roster, "apply", too_late)
    response = confirm(hr, page)
    assert (response.status_code, response["Location"]) == (302, PREVIEW)
    assert hr.get(PREVIEW).status_code == 200


def test_losing_more_than_a_third_has_to_be_ticked(hr):
    confirm(hr, preview(hr, people_csv(*SIX)))
    page = preview(hr, people_csv(*SIX[:3]))
    assert "3 people have left" in page.text
    refused = confirm(hr, page)
    assert refused.status_code == 422
    assert list(refused.context["form"].errors) == ["allow_gone"]
    assert len(working()) == 6
    confirm(hr, page, allow_gone="on")
    assert working() == {"Ann", "Bo", "Cy"}


def test_problems_are_listed_and_the_file_forgotten(hr, folder):
    page = preview(hr, people_csv("Ann Sales", "Ann <b>Legal", "Cy Cy Cy"))
    assert page.status_code == 422
    assert [(problem.row, problem.column) for problem in page.context["problems"]] == [
        (3, "email"),
        (3, "department"),
        (4, "parent_department"),
    ]
    assert escape(page.context["problems"][0].message) in page.text
    assert "<b>" not in page.text
    assert list(folder.iterdir()) == []
    assert working() == set()


def test_of_many_problems_the_first_hundred_are_listed(hr):
    page = preview(hr, people_csv(*["Ann Sales"] * 131))
    assert (len(page.context["problems"]), page.context["problem_count"]) == (100, 130)
    assert "The first 100 of 130 are shown." in page.text


@pytest.mark.parametrize(("data", "message"), [({}, "Choose a file."), ({"file": b""}, "The file is empty.")])
def test_an_upload_without_a_file_is_an_error_of_the_field(hr, data, message, folder):
    files = {name: SimpleUploadedFile("people.csv", content) for name, content in data.items()}
    response = hr.post(UPLOAD, files)
    assert response.status_code == 422
    assert message in response.text
    assert not folder.exists()


def test_a_file_that_is_too_large_is_not_kept(hr, folder, monkeypatch):
    monkeypatch.setattr("surveys.forms.people.MAX_BYTES", 10)
    assert send(hr, people_csv(*SIX)).status_code == 422
    assert not folder.exists()


def test_every_step_is_guarded_against_foreign_forms(folder):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(make_staff("hr"))
    for path in (UPLOAD, PREVIEW, CANCEL):
        assert strict.post(path).status_code == 403
    token = strict.get(UPLOAD).context["csrf_token"]
    file = SimpleUploadedFile("people.csv", people_csv(*SIX))
    strict.post(UPLOAD, {"file": file, "csrfmiddlewaretoken": str(token)})
    page = strict.get(PREVIEW)
    assert page.text.count("csrfmiddlewaretoken") == 3
    seen = page.context["form"].initial["seen"]
    strict.post(PREVIEW, {"seen": seen, "csrfmiddlewaretoken": str(page.context["csrf_token"])})
    assert len(working()) == 6


def test_the_preview_asks_as_much_of_the_database_for_many_as_for_few(hr):
    counts = []
    for size in (1, 30):
        send(hr, people_csv(*(f"P{number} D{number}" for number in range(size))))
        with CaptureQueriesContext(connection) as queries:
            hr.get(PREVIEW)
        counts.append(len(queries))
    assert counts == [5, 5]


def test_page_and_document_describe_each_column_of_the_file(hr, settings):
    page = hr.get("/people/import/").text
    document = (settings.BASE_DIR / "docs" / "people-file.md").read_text(encoding="utf-8")
    columns = [*REQUIRED, *OPTIONAL, *NAME_PARTS]
    assert re.findall(r"<dt>(\w+)</dt>", page) == columns
    assert re.findall(r"^\| `(\w+)` \|", document, re.MULTILINE)[: len(columns)] == columns


def test_the_upload_of_another_member_of_staff_leaves_ones_own(hr, client):
    page = preview(hr, people_csv(*SIX))
    other = Client()
    other.force_login(make_staff("hr", email="second@example.com"))
    send(other, people_csv(*SIX[:2]))
    assert (hr.get(PREVIEW).status_code, other.get(PREVIEW).status_code) == (200, 200)
    other.post(CANCEL)
    assert confirm(hr, page).status_code == 302
    assert working() == {"Ann", "Bo", "Cy", "Dee", "Eve", "Flo"}
