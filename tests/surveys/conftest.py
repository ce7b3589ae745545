import copy

import pytest

from tests.postbox import Postbox
from tests.surveys.instrument_documents import PARSED


@pytest.fixture
def postbox(settings):
    """A mail server that runs, and to which the settings send every mail."""
    postbox = Postbox()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", postbox.port, 5
    with postbox.running():
        yield postbox


@pytest.fixture
def small():
    """A small instrument's document, for one test to change."""
    return copy.deepcopy(PARSED)
