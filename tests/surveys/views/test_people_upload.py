"""The way of a file from its upload, through the preview, to the roster."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.html import escape

from surveys.models import Upload
from surveys.roster.people_file.people import NAME_PARTS, OPTIONAL, REQUIRED
from surveys.services import roster
from tests.factories import make_department, make_employee
from tests.staff import PASSWORD, make_staff
from tests.surveys.people_files import SIX, people_csv, xlsx_file
from tests.surveys.views.people_uploads import CANCEL, PREVIEW, UPLOAD, confirm, preview, send, working

pytestmark = pytest.mark.django_db


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


def test_a_file_is_looked_at_then_confirmed(hr):
    page = preview(hr, people_csv(*SIX))
    assert counted(page) == {"New": 6, "Returning": 0, "Moved": 0, "Changed": 0, "Gone": 0, "Unchanged": 0}
    assert [section.kind for section in page.context["sections"]] == ["new_people", "new_departments"]
    assert "flo@northwind.example" in page.text
    done = confirm(hr, page)
    assert (done.status_code, done["Location"]) == (302, reverse("people"))
    assert working() == {"Ann", "Bo", "Cy", "Dee", "Eve", "Flo"}
    assert Upload.objects.count() == 0
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


def test_each_step_may_be_answered_by_another_web_process(client, settings, tmp_path):
    """They share the database and nothing on a disk: each request finds the folder of another process."""
    folders = [tmp_path / step for step in ("sign-in", "upload", "preview", "confirm")]

    def other_process(step):
        settings.VAR_DIR = tmp_path / step
        browser = Client()
        browser.cookies = client.cookies
        return browser

    staff = make_staff("hr")
    other_process("sign-in").post(reverse("login"), {"username": staff.email, "password": PASSWORD})
    send(other_process("upload"), people_csv(*SIX), name="северяне.csv")
    page = other_process("preview").get(PREVIEW)
    assert (page.status_code, page.context["file_name"]) == (200, "северяне.csv")
    assert confirm(other_process("confirm"), page)["Location"] == reverse("people")
    assert working() == {"Ann", "Bo", "Cy", "Dee", "Eve", "Flo"}
    kept = {str(path.relative_to(tmp_path)) for folder in folders for path in folder.rglob("*") if path.is_file()}
    assert {path.rpartition("/")[0] for path in kept} == {"sign-in/turns"}


def test_no_person_is_in_the_session_or_a_cookie(hr):
    preview(hr, people_csv(*SIX))
    kept = repr(dict(hr.session)) + hr.cookies.output()
    assert [name for name in ("ann@", "Ann", "Sales") if name in kept] == []
    assert hr.session.keys() == {"_auth_user_id", "_auth_user_backend", "_auth_user_hash"}


def test_a_new_upload_forgets_the_one_before(hr):
    send(hr, people_csv("Ann Sales"))
    send(hr, people_csv("Bo Sales"))
    assert Upload.objects.count() == 1
    assert counted(hr.get(PREVIEW))["New"] == 1
    assert "bo@northwind.example" in hr.get(PREVIEW).text


def test_cancelling_forgets_the_file_and_changes_nothing(hr):
    preview(hr, people_csv(*SIX))
    assert hr.post(CANCEL).status_code == 302
    assert Upload.objects.count() == 0
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


def test_problems_are_listed_and_the_file_forgotten(hr):
    page = preview(hr, people_csv("Ann Sales", "Ann <b>Legal", "Cy Cy Cy"))
    assert page.status_code == 422
    assert [(problem.row, problem.column) for problem in page.context["problems"]] == [
        (3, "email"),
        (3, "department"),
        (4, "parent_department"),
    ]
    assert escape(page.context["problems"][0].message) in page.text
    assert "<b>" not in page.text
    assert Upload.objects.count() == 0
    assert working() == set()


def test_of_many_problems_the_first_hundred_are_listed(hr):
    page = preview(hr, people_csv(*["Ann Sales"] * 131))
    assert (len(page.context["problems"]), page.context["problem_count"]) == (100, 130)
    assert "The first 100 of 130 are shown." in page.text


@pytest.mark.parametrize(("data", "message"), [({}, "Choose a file."), ({"file": b""}, "The file is empty.")])
def test_an_upload_without_a_file_is_an_error_of_the_field(hr, data, message):
    files = {name: SimpleUploadedFile("people.csv", content) for name, content in data.items()}
    response = hr.post(UPLOAD, files)
    assert response.status_code == 422
    assert message in response.text
    assert Upload.objects.count() == 0


def test_a_file_that_is_too_large_is_not_kept(hr, monkeypatch):
    monkeypatch.setattr("surveys.forms.people.MAX_BYTES", 10)
    assert send(hr, people_csv(*SIX)).status_code == 422
    assert Upload.objects.count() == 0


def test_every_step_is_guarded_against_foreign_forms():
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
    assert counts == [8, 8]


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
