import copy

import pytest

from config.parsing.mail_server import SMTP_BACKEND
from surveys.choices import WaveState
from tests.company import close
from tests.postbox import Postbox
from tests.surveys.instrument_documents import PARSED


@pytest.fixture
def postbox(settings):
    """A mail server that runs, and to which the settings send every mail."""
    postbox = Postbox()
    settings.EMAIL_BACKEND = SMTP_BACKEND
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", postbox.port, 5
    with postbox.running():
        yield postbox


@pytest.fixture
def small():
    """A small instrument's document, for one test to change."""
    return copy.deepcopy(PARSED)


@pytest.fixture
def lose(tmp_path):
    """Takes the key files away; returns a function that brings them back."""

    def lose():
        kept = {file: file.read_bytes() for file in tmp_path.iterdir()}
        for file in kept:
            file.unlink()
        return lambda: [file.write_bytes(content) for file, content in kept.items()]

    return lose


@pytest.fixture
def stranded(lose, tmp_path):
    """Ends a wave whose key is lost; it waits for the key then."""

    def stranded(wave):
        lose()
        assert close(wave, tmp_path).state == WaveState.CLOSING
        return wave

    return stranded
