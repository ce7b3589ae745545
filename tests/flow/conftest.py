import shutil

import pytest

from tests.flow.stack import Stack
from tests.flow.whole_wave import WholeWave


@pytest.fixture(scope="package")
def running_stack(django_db_setup, live_server, tmp_path_factory):
    with Stack(live_server.url, tmp_path_factory.mktemp("stack")).running() as stack:
        yield stack


@pytest.fixture
def stack(running_stack, transactional_db):
    running_stack.postbox.messages.clear()
    shutil.rmtree(running_stack.keys, ignore_errors=True)
    return running_stack


@pytest.fixture
def whole_wave(stack, tmp_path):
    return WholeWave(stack, tmp_path)
