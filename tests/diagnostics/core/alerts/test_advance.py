"""Level and change alert together, for a whole company."""

from diagnostics.core.alerts.advance import CellMemory, PublishedCell, advance_alerts
from diagnostics.core.alerts.change import Measured


def published(value, *, above=0.1, may_alert=True):
    return PublishedCell(above, above, Measured(value, 4.0, round(value)), may_alert)


def play(waves):
    """Waves of {cell: PublishedCell or None}; all steps, each wave's memories fed into the next."""
    memory, steps = {}, []
    for number, cells in enumerate(waves, start=1):
        steps.append(advance_alerts(memory, cells, wave=number, day=28 * number))
        memory |= {key: step.memory for key, step in steps[-1].items()}
    return steps


def events(step):
    return step.level.event, step.change.event


FLAT = [{"a": published(38.0)}] * 4
RISEN = {"a": published(60.0, above=0.99)}


def test_both_alerts_of_a_cell_are_kept_apart():
    steps = play([*FLAT, RISEN, RISEN, RISEN])
    assert [events(step["a"]) for step in steps[4:]] == [
        ("raised", "watch"),
        ("ongoing", "raised"),
        ("ongoing", "ongoing"),
    ]


def test_a_suppressed_wave_and_one_that_too_few_answered_freeze_both():
    before = play([*FLAT, RISEN, RISEN])[-1]["a"]
    for frozen, code in ((None, "suppressed"), (published(60.0, may_alert=False), "low_response")):
        after = play([*FLAT, RISEN, RISEN, {"a": frozen}])[-1]["a"]
        assert after.memory == before.memory
        assert events(after) == ("ongoing", "ongoing")
        assert (after.memory.level.since, after.memory.change.since) == (5, 6)
        assert (after.level.reason.code, after.change.reason.code) == (code, code)


def test_a_wave_that_too_few_answered_joins_no_baseline():
    few = {"a": published(10.0, may_alert=False)}
    assert play([few])[-1]["a"].memory == CellMemory()
    assert play([few, *FLAT])[-1]["a"].memory.change.base.shown == 38


def test_a_cell_that_was_never_published_has_no_memory():
    assert play([{"a": None}]) == [{}]


def test_a_group_that_was_not_counted_keeps_its_memory_outside_the_step():
    steps = play([*FLAT, RISEN, {"b": published(20.0)}, RISEN])
    assert set(steps[5]) == {"b"}
    assert events(steps[6]["a"]) == ("ongoing", "raised")


def test_a_group_of_other_departments_is_another_cell_and_starts_over():
    steps = play([*FLAT, RISEN, RISEN, {"a+b": published(60.0)}])
    assert events(steps[-1]["a+b"]) == ("none", "none")
    assert steps[-1]["a+b"].memory.change.base.first == 7
