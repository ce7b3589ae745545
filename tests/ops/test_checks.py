"""The checks of a deployment: each finds its fault, and nothing is found where there is none."""

import pytest
from django.core.checks import run_checks
from django.db import connection

from config.celery import refuse_faulty_configuration


def found(**kwargs):
    return [message.id for message in run_checks(**kwargs) if message.id.startswith("faultline.")]


def test_nothing_is_found_in_the_deployment_of_the_tests(db):
    assert connection.vendor == "postgresql"
    assert found(databases=["default"]) == []


def test_a_counting_worker_without_a_place_for_its_keys(settings):
    settings.ROLE = "counting"
    assert found() == ["faultline.E001"]
    settings.BALLOT_KEY_DIR = "/keys"
    assert found() == []


@pytest.mark.parametrize(("mode", "warnings"), [(0o700, []), (0o750, ["faultline.W002"]), (0o701, ["faultline.W002"])])
def test_a_folder_of_keys_that_others_can_enter(settings, tmp_path, mode, warnings):
    folder = tmp_path / "keys"
    settings.ROLE, settings.BALLOT_KEY_DIR = "counting", str(folder)
    assert found() == []
    folder.mkdir()
    folder.chmod(mode)
    assert found() == warnings


def test_a_link_key_that_could_be_guessed(settings):
    settings.LINK_KEY = b"x" * 31
    assert found() == ["faultline.E002"]
    settings.LINK_KEY = b"x" * 32
    assert found() == []


def test_sqlite_where_several_containers_would_each_have_their_own(settings, monkeypatch):
    monkeypatch.setitem(settings.DATABASES["default"], "ENGINE", "django.db.backends.sqlite3")
    assert found() == ["faultline.E003"]
    settings.EMBEDDED = True
    assert found() == []


def test_a_kind_of_mail_that_nothing_composes_or_the_database_refuses(settings):
    settings.MAIL_KINDS = [*settings.MAIL_KINDS, ("survey", "Survey")]
    assert found() == ["faultline.E005"]
    settings.MAIL_KINDS = settings.MAIL_KINDS[:-2]
    assert found() == ["faultline.E005"]


def test_a_site_without_https(settings):
    settings.SITE_URL = "http://faultline.example"
    assert found(include_deployment_checks=True) == ["faultline.W001"]
    settings.SITE_URL = "https://faultline.example"
    assert found(include_deployment_checks=True) == []


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("log_statement", "all"),
        ("log_min_duration_statement", "0"),
        ("log_min_duration_sample", "0"),
        ("log_transaction_sample_rate", "0.5"),
        ("log_parameter_max_length_on_error", "-1"),
    ],
)
def test_a_server_that_logs_answers(db, name, value):
    with connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL {name} = '{value}'")
    [message] = [problem for problem in run_checks(databases=["default"]) if problem.id == "faultline.E004"]
    assert message.msg == f"PostgreSQL's {name} is {value}: it writes answers into the server's log."


def test_a_worker_does_not_start_on_an_error(db, settings):
    refuse_faulty_configuration()
    settings.LINK_KEY = b"short"
    with pytest.raises(SystemExit, match="LINK_KEY is shorter"):
        refuse_faulty_configuration()
