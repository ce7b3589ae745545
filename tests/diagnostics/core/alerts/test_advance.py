"""Level and change alert together, for a whole company."""

from diagnostics.core.alerts.advance import Memory, Seen, chain_step
from diagnostics.core.alerts.change import Measured


def seen(value, *, above=0.1, may_alert=True):
    return Seen(above, above, Measured(value, 4.0, round(value)), may_alert)


def play(waves):
    """Waves of {cell: Seen or None}; all steps, each wave's memories fed into the next."""
    memory, steps = {}, []
    for number, cells in enumerate(waves, start=1):
        steps.append(chain_step(memory, cells, wave=number, day=28 * number))
        memory |= {key: step.memory for key, step in steps[-1].items()}
    return steps


def told(step):
    return step.level.event, step.change.event


FLAT = [{"a": seen(38.0)}] * 4
RISEN = {"a": seen(60.0, above=0.99)}


def test_both_alerts_of_a_cell_are_told_apart():
    steps = play([*FLAT, RISEN, RISEN, RISEN])
    assert [told(step["a"]) for step in steps[4:]] == [("raised", "watch"), ("held", "raised"), ("held", "held")]


def test_a_hidden_wave_and_one_that_too_few_answered_freeze_both():
    before = play([*FLAT, RISEN, RISEN])[-1]["a"]
    for frozen, why in ((None, "hidden in this wave to protect anonymity"), (seen(60.0, may_alert=False), "too few")):
        after = play([*FLAT, RISEN, RISEN, {"a": frozen}])[-1]["a"]
        assert after.memory == before.memory
        assert told(after) == ("held", "held")
        assert after.level.reason.startswith(f"Standing since wave 5: {why}")
        assert after.change.reason.startswith(f"Standing since wave 6: {why}")


def test_a_wave_that_too_few_answered_joins_no_baseline():
    few = {"a": seen(10.0, may_alert=False)}
    assert play([few])[-1]["a"].memory == Memory()
    assert play([few, *FLAT])[-1]["a"].memory.change.base.shown == 38


def test_a_cell_that_was_never_seen_has_no_memory():
    assert play([{"a": None}]) == [{}]


def test_a_group_that_nobody_counted_keeps_its_memory_outside_the_step():
    steps = play([*FLAT, RISEN, {"b": seen(20.0)}, RISEN])
    assert set(steps[5]) == {"b"}
    assert told(steps[6]["a"]) == ("held", "raised")


def test_a_group_of_other_departments_is_another_cell_and_starts_anew():
    steps = play([*FLAT, RISEN, RISEN, {"a+b": seen(60.0)}])
    assert told(steps[-1]["a+b"]) == ("none", "none")
    assert steps[-1]["a+b"].memory.change.base.first == 7
