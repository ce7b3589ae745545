"""What is stored of an alert, and what is read of it."""

from dataclasses import replace

import pytest

from diagnostics.core.alerts.baseline import Baseline
from diagnostics.core.alerts.change import ChangeMemory
from diagnostics.models import AlertState
from diagnostics.services.alerting import read_memory, store_memory
from diagnostics.services.scoring import score
from tests.diagnostics.histories import run
from tests.diagnostics.waves import close_wave, department, make_survey, spread


def test_a_memory_is_read_as_stored_and_an_older_one_as_of_known_variance():
    base = Baseline(2, 1, 2, 56, 38.0, 4.0, 76, 0.5)
    memory = ChangeMemory(items="a", watched=(0, 3), base=base, first_seen=3)
    assert read_memory(ChangeMemory, store_memory(memory), None) == memory
    started_over = replace(memory, base=None, old=base)
    assert read_memory(ChangeMemory, store_memory(started_over), None) == started_over
    older = {"watched": [], "waves_calm": 0, "items": "a", "base": [2, 1, 2, 56, 38.0, 4.0, 76]}
    assert read_memory(ChangeMemory, older, None).base == replace(base, variance_error=0.0)


def test_no_more_digits_are_kept_than_the_next_wave_needs_and_no_fewer():
    base = Baseline(2, 1, 2, 56, 38.1267, 4.56781, 76, 0.123471)
    kept = store_memory(ChangeMemory(base=base))["base"]
    assert kept == [2, 1, 2, 56, 38.13, 4.568, 76, 0.1235]


@pytest.mark.django_db
def test_an_absent_department_does_not_find_the_memory_of_another_survey():
    """Its last state is looked for further back, and the other survey has one of a later wave."""
    pulse, other = make_survey(), make_survey("Quarterly")
    run(other, [0, 0, 0])
    without = {department(name): (30, spread(20, 1, seed=len(name))) for name in ("Finance", "Legal")}
    score(wave_id=close_wave(pulse, without, number=4).id)
    last = run(pulse, [0])
    key = last.snapshot.groups.get(name="Sales").key
    state = AlertState.objects.get(wave=last, key=key, kind="change", measure="index")
    assert state.memory["base"][:3] == [1, 5, 5]
