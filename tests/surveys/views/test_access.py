import io
import re
import uuid

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.urls import get_resolver, reverse
from django.urls.converters import IntConverter, PathConverter, StringConverter, UUIDConverter

from surveys.choices import Role
from surveys.models import Department, StaffUser
from tests.staff import PASSWORD, make_staff

pytestmark = pytest.mark.django_db

PUBLIC = {"login", "answer", "anonymity", "stored", "healthz", "readyz"}
EXAMPLES = {IntConverter: 1, StringConverter: "x", PathConverter: "x", UUIDConverter: uuid.UUID(int=0)}


def every_path():
    """(name, path with made-up arguments) of every route there is."""
    for included in get_resolver().url_patterns:
        for route in getattr(included, "url_patterns", [included]):
            arguments = {name: EXAMPLES[type(converter)] for name, converter in route.pattern.converters.items()}
            arguments |= dict.fromkeys(route.pattern.regex.groupindex.keys() - arguments.keys(), "x")
            yield route.name, reverse(route.name, kwargs=arguments)


def test_only_public_and_answer_pages_open_without_signing_in(client):
    client.raise_request_exception = False
    open_to_all = set()
    for name, path in every_path():
        for reply in (client.get(path), client.post(path)):
            if not (reply.status_code == 302 and reply["Location"].startswith(reverse("login"))):
                open_to_all.add(name)
    assert open_to_all == PUBLIC


FOR_HR = {"waves", "wave", "wave-group-choice", "surveys", "survey-new", "survey", "survey-built-in"}
FOR_READERS = {"report", "wave-report", "department-report"}
FOR_AUDITORS = {"trustee", "trustee-passphrase", "trustee-remove", "trustee-wave"}


@pytest.mark.parametrize(
    ("role", "refused"),
    [("hr", FOR_AUDITORS), ("leader", FOR_HR | FOR_AUDITORS), ("auditor", FOR_HR | FOR_READERS)],
    ids=Role.values,
)
def test_a_page_refuses_the_roles_it_is_not_for(client, role, refused):
    client.force_login(make_staff(role))
    mine = FOR_HR | FOR_READERS | FOR_AUDITORS
    assert {name for name, path in every_path() if name in mine and client.get(path).status_code == 403} == refused


def test_only_hr_reaches_the_people(client):
    paths = [path for name, path in every_path() if name.startswith("people")]
    for role in ("leader", "auditor"):
        client.force_login(make_staff(role))
        assert [client.get(path).status_code for path in paths] == [403] * len(paths)


def test_the_page_of_a_refusal_explains_it_in_words(client):
    client.force_login(make_staff("auditor"))
    reply = client.get(reverse("waves"))
    assert reply.status_code == 403
    assert "This page is not for your role" in reply.content.decode()


def test_no_browser_keeps_a_page_that_needs_signing_in(client):
    client.force_login(make_staff("hr"))
    assert "no-store" in client.get(reverse("surveys"))["Cache-Control"]


def test_signing_in_by_email_in_any_case_leads_to_the_report(client):
    make_staff("hr", email="ada@example.com")
    reply = client.post(reverse("login"), {"username": "Ada@Example.com", "password": PASSWORD})
    assert (reply.status_code, reply["Location"]) == (302, reverse("report"))


@pytest.mark.parametrize("role", ["hr", "leader", "auditor"])
@pytest.mark.parametrize("path", ["/nowhere/", "/remedies/", "/people/"])
def test_no_page_leads_anybody_back_to_one_that_is_refused(client, role, path):
    client.force_login(make_staff(role))
    refused = client.get(path)
    back = re.findall(r'<a (?:class="brand" )?href="([^"]+)">', refused.content.decode())
    assert len(back) >= 1
    assert {client.get(link, follow=True).status_code for link in back} == {200}


def test_an_auditor_is_led_to_the_audits(client):
    make_staff("auditor")
    reply = client.post(reverse("login"), {"username": "auditor@example.com", "password": PASSWORD})
    assert reply["Location"] == reverse("audits")


@pytest.mark.parametrize("credentials", [("hr@example.com", "wrong password"), ("nobody@example.com", PASSWORD)])
def test_wrong_credentials_do_not_say_whether_the_account_exists(client, credentials):
    make_staff("hr")
    reply = client.post(reverse("login"), dict(zip(("username", "password"), credentials, strict=True)))
    form = reply.context["form"]
    assert list(form.errors) == ["__all__"]
    assert [error.code for error in form.non_field_errors().as_data()] == ["invalid_login"]


def test_a_closed_account_cannot_sign_in_nor_stay_signed_in(client):
    user = make_staff("hr")
    client.force_login(user)
    StaffUser.objects.filter(pk=user.pk).update(is_active=False)
    assert client.get(reverse("waves")).status_code == 302


def test_signing_out_takes_a_post(client):
    client.force_login(make_staff("hr"))
    assert client.get(reverse("logout")).status_code == 405
    assert client.post(reverse("logout"))["Location"] == reverse("login")
    assert client.get(reverse("report")).status_code == 302


def test_a_password_is_changed_with_the_old_one_only(client):
    user = make_staff("hr")
    client.force_login(user)
    new = {"new_password1": "another long password", "new_password2": "another long password"}
    assert client.post(reverse("password-change"), {"old_password": "wrong"} | new).status_code == 200
    assert client.post(reverse("password-change"), {"old_password": PASSWORD} | new).status_code == 302
    user.refresh_from_db()
    assert user.check_password("another long password")


def create_staff(*arguments, password=PASSWORD, monkeypatch):
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{password}\n"))
    call_command("create_staff", *arguments, "--password-stdin", stdout=io.StringIO())


def test_an_account_is_made_by_command(monkeypatch):
    for name in ("Sales", "Marketing", "Legal"):
        Department.objects.create(name=name)
    arguments = ("Lena@Example.com", "--name", "Lena", "--role", "leader", "--department", "Sales", "--department")
    create_staff(*arguments, "Marketing", monkeypatch=monkeypatch)
    user = StaffUser.objects.get()
    assert (user.email, user.name, user.role) == ("lena@example.com", "Lena", "leader")
    assert {department.name for department in user.departments.all()} == {"Sales", "Marketing"}
    assert user.check_password(PASSWORD)


@pytest.mark.parametrize(
    ("arguments", "password", "message"),
    [
        (("x@example.com", "--name", "X", "--role", "leader", "--department", "Moon"), PASSWORD, "“Moon”"),
        (("x@example.com", "--name", "X", "--role", "hr", "--department", "Sales"), PASSWORD, "Only a leader"),
        (("x@example.com", "--name", "X", "--role", "hr"), "short", "at least 12 characters"),
        (("no mail", "--name", "X", "--role", "hr"), PASSWORD, "valid email"),
        (("hr@example.com", "--name", "X", "--role", "hr"), PASSWORD, "already exists"),
        (("x@example.com", "--name", "", "--role", "hr"), PASSWORD, "cannot be blank"),
    ],
)
def test_an_account_that_is_wrong_is_not_made(monkeypatch, arguments, password, message):
    Department.objects.create(name="Sales")
    make_staff("hr")
    with pytest.raises(CommandError, match=message):
        create_staff(*arguments, password=password, monkeypatch=monkeypatch)
    assert StaffUser.objects.count() == 1


def test_two_different_passwords_make_no_account(monkeypatch):
    typed = iter([PASSWORD, "another one, also long"])
    monkeypatch.setattr("surveys.management.commands.create_staff.getpass", lambda _: next(typed))
    with pytest.raises(CommandError, match="differ"):
        call_command("create_staff", "x@example.com", "--name", "X", "--role", "hr")
    assert not StaffUser.objects.exists()
