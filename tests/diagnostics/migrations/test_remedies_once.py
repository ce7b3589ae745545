"""Remedies that were planned twice with swapped sides, from before the table refused them, on both databases."""

import datetime as dt

from tests.diagnostics.migrations.old_waves import wave_of

BEFORE, AFTER = ("diagnostics", "0016_response_constraints"), ("diagnostics", "0018_remedy_sides_once")


def remedy(apps, wave, title, first, second, *, state="planned", day=1):
    apps.get_model("diagnostics", "Remedy").objects.create(
        survey=wave.survey,
        code="joint_meeting",
        title=title,
        first_key=first,
        first_name=first,
        first_owner_name="Ada",
        second_key=second,
        second_name=second,
        second_owner_name="Ben",
        starts_on=dt.date(2026, 3, day),
        state=state,
    )


def test_the_running_or_earlier_one_stays_and_the_other_is_dropped(migrate):
    old = migrate(*BEFORE)
    wave = wave_of(old)
    remedy(old, wave, "planned first", "a", "b", day=1)
    remedy(old, wave, "runs", "b", "a", state="running", day=2)
    remedy(old, wave, "later", "c", "d", day=9)
    remedy(old, wave, "earlier", "d", "c", day=3)
    remedy(old, wave, "over", "c", "d", state="dropped", day=1)
    remedy(old, wave, "alone", "a", "c")
    new = migrate(*AFTER)
    assert dict(new.get_model("diagnostics", "Remedy").objects.values_list("title", "state")) == {
        "planned first": "dropped",
        "runs": "running",
        "later": "dropped",
        "earlier": "planned",
        "over": "dropped",
        "alone": "planned",
    }


def test_a_database_without_remedies_is_migrated_too(migrate):
    migrate(*BEFORE)
    assert migrate(*AFTER).get_model("diagnostics", "Remedy").objects.count() == 0
