"""How a file is read is asked before anything is written: its encoding, its sheet, what it leaves open."""

import pytest

from surveys.models import ColumnName, Department
from tests.surveys.files.workbooks import xlsx, xml_rows
from tests.surveys.people_files import csv_file, people_csv
from tests.surveys.views.people_uploads import PREVIEW, confirm, preview, working

pytestmark = pytest.mark.django_db


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


HIDDEN_ROW = [["email", "name", "department"], ["a@x.example", "Ann", "Sales"], ["b@x.example", "Bo", "Sales"]]


def test_hidden_rows_are_counted_before_writing_and_may_be_left_out(hr):
    page = preview(hr, xlsx([("People", "visible", xml_rows(*HIDDEN_ROW, hidden={3}))]))
    assert (page.context["source"].hidden_rows, dict(page.context["counts"])["New"]) == (1, 2)
    assert 'class="hidden-rows"' in page.text
    without = hr.get(PREVIEW, {"hidden": "skip"})
    assert (without.context["source"].hidden_rows, dict(without.context["counts"])["New"]) == (1, 1)
    hr.post(f"{PREVIEW}?hidden=skip", {"seen": without.context["form"].initial["seen"]})
    assert working() == {"Ann"}


def test_what_was_seen_with_hidden_rows_is_never_imported_without(hr):
    """Also where the hidden row is below the first values, which the preview shows of each column."""
    people = [[f"p{number}@x.example", f"P{number}", "Sales"] for number in range(9)]
    page = preview(hr, xlsx([("People", "visible", xml_rows(HIDDEN_ROW[0], *people, hidden={10}))]))
    hr.post(f"{PREVIEW}?hidden=skip", {"seen": page.context["form"].initial["seen"]})
    assert working() == set()


def test_other_choices_are_kept_where_hidden_rows_are_left_out(hr):
    rows = [["email", "name", "Kst."], *HIDDEN_ROW[1:]]
    preview(hr, xlsx([("People", "visible", xml_rows(*rows, hidden={3}))]))
    chosen = hr.get(PREVIEW, {"sheet": "People", "column-kst": "department"})
    form = chosen.text[: chosen.text.index('name="hidden" value="skip"')].rpartition("<form")[2]
    assert 'name="sheet" value="People"' in form
    assert 'name="column-kst" value="department"' in form
    columns = hr.get(PREVIEW, {"hidden": "skip", "column-kst": "department"}).text.rpartition("<form")[2]
    assert 'name="hidden" value="skip"' in columns


def test_questions_are_asked_and_nothing_is_written_before_answers(hr):
    confirm(hr, preview(hr, people_csv("Ann Sales", "Bo Sales", "Cy Legal")))
    page = preview(hr, people_csv("Ann Selling", "Bo Selling", "Cy Legal"))
    (question,) = page.context["questions"]
    assert question.answer is None
    assert not Department.objects.filter(name="Selling").exists()
    confirm(hr, page)
    assert not Department.objects.filter(name="Selling").exists()
    answer = {f"answer-{question.key}": "same"}
    answered = confirm(hr, page, **answer)
    assert dict(answered.context["counts"])["Moved"] == 0
    assert not Department.objects.filter(name="Selling").exists()
    confirm(hr, answered, **answer)
    assert list(Department.objects.order_by("name").values_list("name", flat=True)) == ["Legal", "Selling"]


def test_another_answer_is_shown_before_it_is_written(hr):
    confirm(hr, preview(hr, people_csv("Ann Sales", "Bo Sales", "Cy Legal")))
    page = preview(hr, people_csv("Ann Selling", "Bo Selling", "Cy Legal"))
    name = f"answer-{page.context['questions'][0].key}"
    answered = confirm(hr, page, **{name: "same"})
    again = confirm(hr, answered, **{name: "other"})
    assert dict(again.context["counts"])["Moved"] == 2
    assert not Department.objects.filter(name="Selling").exists()
    confirm(hr, again, **{name: "other"})
    assert Department.objects.count() == 3


def test_many_questions_of_a_kind_are_one_decision(hr):
    rows = [[f"p{n}{tag}@x.example", f"P{n} {tag}", "Sales"] for n in range(60) for tag in ("", "+a")]
    page = preview(hr, csv_file(*rows, header=["email", "name", "department"]))
    (question,) = page.context["questions"]
    assert (question.key, len(question.sentences), question.more) == ("person", 50, 10)
    answered = confirm(hr, page, **{"answer-person": "other"})
    confirm(hr, answered, **{"answer-person": "other"})
    assert len(working()) == 120


def test_what_is_twice_stops_the_import_until_the_file_is_corrected(hr):
    rows = [["ann@x.example", "Ann", "Sales"], ["ann+1@x.example", "Ann", "Sales"]]
    page = preview(hr, csv_file(*rows, header=["email", "name", "department"]))
    name = f"answer-{page.context['questions'][0].key}"
    answered = confirm(hr, page, **{name: "same"})
    confirm(hr, answered, **{name: "same"})
    assert working() == set()


def test_a_column_that_is_not_known_is_asked_and_remembered(hr):
    data = csv_file(["a@x.example", "Ann", "Sales"], header=["email", "name", "Kostenstelle"])
    page = preview(hr, data)
    assert page.templates[0].name == "surveys/people_columns.html"
    assert page.context["missing"] == ["department"]
    choice = f"{PREVIEW}?column-kostenstelle=department"
    confirm_at(hr, choice)
    assert working() == {"Ann"}
    assert list(ColumnName.objects.values_list("header", "column")) == [("kostenstelle", "department")]
    again = csv_file(["b@x.example", "Bo", "Sales"], header=["email", "name", "Kostenstelle"])
    assert [cell.column for cell in preview(hr, again).context["header"]] == ["email", "name", "department"]


def test_a_choice_that_makes_no_sense_is_not_taken(hr):
    preview(hr, csv_file(["a@x.example", "Ann", "Sales"], header=["email", "name", "department"]))
    confirm_at(hr, f"{PREVIEW}?column-department=password&column-=email&column-name=name")
    assert working() == {"Ann"}
    assert list(ColumnName.objects.values_list("header", "column")) == [("name", "name")]


def confirm_at(hr, address):
    """Looks at a preview with choices, and confirms just that."""
    return hr.post(address, {"seen": hr.get(address).context["form"].initial["seen"]})


def test_codes_of_web_pages_are_read_as_letters_and_shown_before_writing(hr):
    rows = [["a@x.example", "M&uuml;ller", "R&amp;D"], ["b@x.example", "Bo&nbsp;Li", "R&D"]]
    page = preview(hr, csv_file(*rows, header=["email", "name", "department"]))
    decoded = page.context["decoded"]
    assert (decoded.count, decoded.before, decoded.after) == (3, "M&uuml;ller", "Müller")
    assert 'class="decoded"' in page.text
    confirm(hr, page)
    assert working() == {"Müller", "Bo Li"}
    assert list(Department.objects.values_list("name", flat=True)) == ["R&D"]


def test_nothing_is_shown_of_codes_where_there_are_none(hr):
    page = preview(hr, csv_file(["a@x.example", "Ann", "R&D"], header=["email", "name", "department"]))
    assert page.context["decoded"].count == 0
    assert 'class="decoded"' not in page.text
