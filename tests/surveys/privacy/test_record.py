"""The list of what is stored on whom: nothing is missing, and it tells the periods that are in force."""

import re

import pytest
from django.apps import apps
from django.conf import settings

from surveys.privacy.record import about_people, all_records

pytestmark = pytest.mark.django_db

# Ways in which a column names a person.
PERSONAL = re.compile(r"email|employee|staff|recipient|owner|password|session_data|^text$|^data$")


def listed():
    return sorted(label for record in all_records() for label in record.models)


def installed():
    return sorted(model._meta.label for model in apps.get_models(include_auto_created=False))


def personal(labels):
    """Of these models, those with a column that names a person."""
    return {
        label
        for label in labels
        if any(PERSONAL.search(field.name) for field in apps.get_model(label)._meta.get_fields() if field.concrete)
    }


def test_every_table_is_listed_once():
    assert listed() == installed()


def test_tables_without_people_have_no_column_that_names_a_person():
    impersonal = [label for record in all_records() if not record.whom for label in record.models]
    assert len(impersonal) > 15
    assert personal(impersonal) == set()
    assert personal(installed()) == {
        "diagnostics.Digest",
        "diagnostics.Remedy",
        "sessions.Session",
        "surveys.Comment",
        "surveys.CommentHiding",
        "surveys.Employee",
        "surveys.Invitation",
        "surveys.LastAsked",
        "surveys.Mail",
        "surveys.StaffUser",
        "surveys.Upload",
        "surveys.UploadPart",
    }


def test_the_record_of_processing_names_the_same_tables_in_the_same_rows():
    text = (settings.BASE_DIR / "docs" / "privacy" / "record-of-processing.md").read_text(encoding="utf-8")
    rows = [tuple(re.findall(r"`(\w+\.\w+)`", line)) for line in text.splitlines() if line.startswith("|")]
    assert [row for row in rows if row] == [record.models for record in about_people()]


def test_anybody_may_read_it_and_the_page_of_rules_leads_there(client, settings, django_assert_num_queries):
    settings.RETAIN_INVITATIONS_DAYS, settings.RETAIN_RESPONSES_DAYS = 1, 400
    assert 'href="/anonymity/stored/"' in client.get("/anonymity/").text
    with django_assert_num_queries(0):
        reply = client.get("/anonymity/stored/")
    assert dict(reply.cookies) == {}
    assert reply.text.count("<dt>") == len(about_people()) == 11
    assert reply.text.count("Until 1 day after the wave has closed.") == 1
    assert reply.text.count("Until 400 days after the wave has closed.") == 3


def test_it_can_be_read_in_russian(client):
    text = client.get("/anonymity/stored/", headers={"accept-language": "ru"}).text
    main = text.partition("<main>")[2].partition("</main>")[0]
    visible = re.sub(r"<[^>]*>|Northwind Instruments", " ", main)
    assert re.findall(r"[A-Za-z]{2,}", visible) == []
    assert "До 30 дней после закрытия опроса." in visible


def test_what_is_stored_of_an_employee_is_what_the_record_describes():
    """With a new column, describe it in surveys/privacy/record.py and in docs/privacy/record-of-processing.md."""
    columns = {field.name for field in apps.get_model("surveys.Employee")._meta.get_fields() if field.concrete}
    assert columns - {"id", "active"} == {
        *("name", "email", "department", "site", "language", "time_zone", "is_head", "on_leave"),
        "employee_id",
    }
