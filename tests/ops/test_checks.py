"""The checks of a deployment: each finds its fault, and nothing is found where there is none."""

import pytest
from django.core.checks import run_checks
from django.db import connection

from config.starting import FaultySettingsError, refuse_faulty_configuration

RANDOM = "0b1c7f5e92a84d36be0f7a1359c2d4e8776fa01b3c5d9e2480ab6713f4d5c9e2"


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
    settings.LINK_KEY = RANDOM[:31].encode()
    assert found() == ["faultline.E002"]
    settings.LINK_KEY = RANDOM[:32].encode()
    assert found() == []
    settings.LINK_KEY = b"a" * 32
    assert found() == ["faultline.E002"]


def test_a_secret_key_that_could_be_guessed(settings):
    settings.SECRET_KEY = "x"
    assert found() == ["faultline.E006"]
    settings.SECRET_KEY = RANDOM
    assert found() == []


@pytest.mark.parametrize("link_key", [RANDOM, RANDOM[:40], RANDOM + "more"])
def test_one_key_for_two_purposes(settings, link_key):
    settings.SECRET_KEY, settings.LINK_KEY = RANDOM, link_key.encode()
    assert found() == ["faultline.E007"]


def test_made_up_keys_are_for_debug_only(settings):
    settings.SECRET_KEY, settings.LINK_KEY = "debug-only", b"debug-only"
    assert found() == ["faultline.E002", "faultline.E006", "faultline.E007"]
    settings.DEBUG, settings.ALLOWED_HOSTS = True, ["localhost"]
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


@pytest.mark.parametrize(
    ("site", "errors"),
    [
        ("http://faultline.example", ["faultline.E008"]),
        ("http://10.0.0.7:8000", ["faultline.E008"]),
        ("http://localhost.example", ["faultline.E008"]),
        ("https://faultline.example", []),
        ("http://localhost:8000", []),
        ("http://faultline.localhost", []),
        ("http://127.0.0.9:8000", []),
        ("http://[::1]:8000", []),
    ],
)
def test_a_site_that_others_reach_without_https(settings, site, errors):
    settings.SITE_URL = site
    assert found() == errors


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SITE_URL", "https://faultline.example"),
        ("ALLOWED_HOSTS", ["localhost", "faultline.example"]),
        ("BIND", "0.0.0.0:8000"),
        ("BIND", ":8000"),
    ],
)
def test_debug_where_others_get_in(settings, name, value):
    settings.ALLOWED_HOSTS, settings.DEBUG = ["localhost", "[::1]"], True
    assert found() == []
    setattr(settings, name, value)
    assert found() == ["faultline.E009"]


@pytest.mark.parametrize("name", ["*", "."])
def test_a_site_that_answers_to_any_name(settings, name):
    settings.ALLOWED_HOSTS = ["faultline.example", name]
    assert found() == ["faultline.E010"]
    settings.ALLOWED_HOSTS = ["faultline.example", ".faultline.example"]
    assert found() == []


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
    with pytest.raises(FaultySettingsError, match="LINK_KEY is too easy to guess"):
        refuse_faulty_configuration()
