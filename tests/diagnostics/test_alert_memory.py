"""What is stored of an alert, and what is read of it."""

from dataclasses import replace

from diagnostics.core.baseline import Baseline
from diagnostics.core.changes import ChangeState
from diagnostics.services.alert_memory import change_memory, change_state


def test_a_memory_is_read_as_it_was_kept_and_an_older_one_as_of_known_variance():
    base = Baseline(2, 1, 2, 56, 38.0, 4.0, 76, 0.5)
    state = ChangeState(items="a", watched=(0, 3), base=base, first_seen=3)
    assert change_state(change_memory(state), None) == state
    begun_anew = replace(state, base=None, old=base)
    assert change_state(change_memory(begun_anew), None) == begun_anew
    older = {"watched": [], "calm_run": 0, "items": "a", "base": [2, 1, 2, 56, 38.0, 4.0, 76]}
    assert change_state(older, None).base == replace(base, variance_error=0.0)
