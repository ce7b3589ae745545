import threading

import pytest

from surveys.services import turns
from surveys.services.turns import BusyError, turn
from tests.threads import in_background

pytestmark = pytest.mark.usefixtures("two_turns")

# Whoever has not heard by then waits for a turn.
SECONDS = 10


def take_turn():
    with turn():
        pass


def test_each_core_has_one_turn_at_a_time():
    with turn(), turn(), pytest.raises(BusyError), turn():
        pytest.fail("a third turn on two cores")
    take_turn()


def test_a_turn_is_free_again_after_a_mistake():
    for _ in range(5):
        with pytest.raises(ZeroDivisionError), turn():
            raise ZeroDivisionError
    with turn(), turn():
        pass


def test_only_a_few_of_a_process_wait(monkeypatch):
    """The others hear at once that it is busy, so that their threads serve somebody else."""
    monkeypatch.setattr(turns, "WAIT_SECONDS", 3600)
    monkeypatch.setattr(turns, "waiting", threading.BoundedSemaphore(2))
    with turn(), turn(), pytest.raises(BusyError):
        in_background(take_turn).result(SECONDS)
    take_turn()
