import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.contrib.auth.hashers import ScryptPasswordHasher
from django.core.management import call_command
from django.db import connection
from django.test import TransactionTestCase
from django.utils import translation
from hypothesis import settings as hypothesis_settings

from config.celery import app
from surveys.ballot import trustee
from surveys.services import turns
from tests.company import make_people, make_survey
from tests.emptying import delete_rows
from tests.old_database import OldDatabases
from tests.staff import make_staff
from tests.tiers import LONG, long_form

# The suite has one verdict for one state of the code, however busy the machine: it draws the same input each time, so
# that more of it finds no more. `make laws` looks further, each time elsewhere.
hypothesis_settings.register_profile("suite", derandomize=True, deadline=None, max_examples=100 if LONG else 40)
hypothesis_settings.register_profile("search", derandomize=False, deadline=None)
hypothesis_settings.load_profile("suite")
LONGEST = Path(__file__).parent / "adversary" / "test_company.py"


def pytest_collection_modifyitems(items):
    """What takes longest begins first, or one of several processes would be left alone with it at the end."""
    items.sort(key=lambda item: item.path != LONGEST)


@pytest.fixture(autouse=True)
def _static_files_without_manifest(settings):
    """Pages render without a collectstatic before them; tests of the deployment run it themselves."""
    settings.STORAGES = django_settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }


@pytest.fixture(autouse=True)
def _language_of_the_settings():
    """A page that was asked for in Russian leaves its language behind."""
    yield
    translation.deactivate()


@pytest.fixture(scope="session", autouse=True)
def _rows_deleted():
    """After each test that commits."""
    with pytest.MonkeyPatch.context() as patch:
        if connection.vendor == "postgresql":
            patch.setattr(TransactionTestCase, "_fixture_teardown", lambda _: delete_rows())
        yield


@pytest.fixture
def new_files(transactional_db):
    """Tables and indexes in files that nothing was ever written to, for tests of what the files say."""
    call_command("flush", verbosity=0, interactive=False)


@pytest.fixture(scope="session", autouse=True)
def _cheap_sign_in():
    """The product's own kind of hash, made with little work."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ScryptPasswordHasher, "work_factor", 2)
        yield


@pytest.fixture(scope="session")
def old_databases(tmp_path_factory):
    with closing(OldDatabases(tmp_path_factory.mktemp("old"))) as databases:
        yield databases


@pytest.fixture(params=["postgresql", pytest.param("sqlite", marks=long_form)])
def migrate(request, old_databases, django_db_blocker):
    """Migrates an empty database of either kind to a migration of an app; returns the models of then."""
    with django_db_blocker.unblock(), old_databases.copy(request.param) as migrate:
        yield migrate


@pytest.fixture(scope="session")
def collected_static():
    """The static files where web processes serve them from."""
    command = [sys.executable, "manage.py", "collectstatic", "--no-input", "--verbosity", "0"]
    subprocess.run(command, cwd=django_settings.BASE_DIR, check=True)


@pytest.fixture
def hr(client):
    """The test client, with HR signed in."""
    client.force_login(make_staff("hr"))
    return client


@pytest.fixture
def survey():
    """A survey of the usual company (tests.company), of which no wave is planned yet."""
    make_people()
    return make_survey()


@pytest.fixture
def cheap_passphrases(monkeypatch):
    """Passphrases are hashed in no time. What a guess really costs has a test of its own."""
    monkeypatch.setattr(trustee, "OPSLIMIT", 1)
    monkeypatch.setattr(trustee, "MEMLIMIT", 8192)


@pytest.fixture
def two_turns(monkeypatch, settings, tmp_path):
    """A machine of two cores on which nobody else hashes, and nobody waits long for a turn."""
    settings.VAR_DIR = tmp_path
    monkeypatch.setattr(turns, "WAIT_SECONDS", 0.1)
    monkeypatch.setattr(turns.os, "cpu_count", lambda: 2)


@pytest.fixture
def eager_celery(monkeypatch):
    """Tasks run where they are started. For tests of one step; the flow's tests have real workers."""
    monkeypatch.setattr(app.conf, "task_always_eager", True)
    monkeypatch.setattr(app.conf, "task_eager_propagates", True)
