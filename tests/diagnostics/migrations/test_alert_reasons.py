"""Stored sentences on alerts become codes and arguments, on both databases, and an unknown one stays as it is."""

from dataclasses import asdict
from importlib import import_module

import pytest

from diagnostics.core.alerts.reasons.codes import AlertCode
from diagnostics.core.alerts.reasons.registry import read_reason
from tests.diagnostics.migrations.old_alert_sentences import SENTENCES
from tests.diagnostics.migrations.old_waves import wave_of

migration = import_module("diagnostics.migrations.0008_alert_reasons")

# All are read without a database; of these rows are migrated.
SOME = SENTENCES[::11]
UNKNOWN = "Raised in wave 3: the moon was above 50 with 80 % certainty."
BEFORE, AFTER = ("diagnostics", "0006_remedy"), ("diagnostics", "0009_alert_reason_codes")
MEMORY = {"watched": [], "calm_run": 0, "items": "", "base": [1, 1, 1, 28, 38.0, 4.0, 38, 0.0]}
OLD_EVENTS = ("none", "watch", "raised", "held", "cleared", "ended")
NEW_EVENTS = ("none", "watch", "raised", "ongoing", "cleared", "expired")
# Those that sentences were turned into; later codes never had a sentence in a row.
CODES_THEN = {
    *("suppressed", "low_response", "response_unknown", "above_level", "above_level_again", "nearly_raised"),
    *("nearly_cleared", "below_level", "no_baseline", "no_rise", "rise_seen", "rise_confirmed", "rise_lasts"),
    *("rise_calming", "rise_over", "other_items", "baseline_too_old", "response_steady", "response_fell"),
    *("response_low", "response_recovering", "response_recovered"),
}


def test_every_sentence_is_read_with_all_that_it_has():
    wrong = [
        (sentence, found, (code, arguments))
        for sentence, code, arguments in SENTENCES
        if (found := migration.read(sentence)) != (code, arguments)
    ]
    assert wrong == []


def test_the_sentences_have_every_code_and_fit_its_arguments():
    assert {code for _, code, _ in SENTENCES} == CODES_THEN
    assert set(AlertCode) >= CODES_THEN
    assert all(asdict(read_reason(code, arguments)) == arguments for _, code, arguments in SENTENCES)


@pytest.mark.parametrize("sentence", ["", UNKNOWN, "No alert: above 50 with 10 % certainty. And more."])
def test_a_sentence_that_is_unknown_is_kept(sentence):
    assert migration.read(sentence) == ("legacy", {"text": sentence})


def old_state(model, wave, key, event, reason):
    memory = MEMORY | ({"raised": 3} if event in ("cleared", "ended") else {})
    return model(
        survey_id=wave.survey_id,
        wave=wave,
        key=key,
        kind="change",
        measure="index",
        standing=event in ("raised", "held"),
        since=3 if event in ("raised", "held") else None,
        memory=memory,
        event=event,
        reason=reason,
    )


def test_rows_get_codes_and_new_events_and_backwards_the_old_ones(migrate, monkeypatch):
    monkeypatch.setattr(migration, "BATCH", 50)
    apps = migrate(*BEFORE)
    model, wave = apps.get_model("diagnostics", "AlertState"), wave_of(apps)
    model.objects.bulk_create(
        [
            *(old_state(model, wave, f"text {place}", "none", text) for place, (text, _, _) in enumerate(SOME)),
            *(old_state(model, wave, f"event {event}", event, UNKNOWN) for event in OLD_EVENTS),
        ]
    )
    assert model.objects.count() > 2 * migration.BATCH

    rows = {row.key: row for row in migrate(*AFTER).get_model("diagnostics", "AlertState").objects.all()}
    expected = {f"text {place}": (code, given) for place, (_, code, given) in enumerate(SOME)}
    assert {key: (rows[key].reason_code, rows[key].reason_arguments) for key in expected} == expected
    by_event = [rows[f"event {event}"] for event in OLD_EVENTS]
    assert tuple(row.event for row in by_event) == NEW_EVENTS
    assert [(row.ongoing, row.since) for row in by_event] == [
        (event in ("raised", "held"), 3 if event in ("raised", "held") else None) for event in OLD_EVENTS
    ]
    assert {(row.reason_code, row.reason_arguments["text"]) for row in by_event} == {("legacy", UNKNOWN)}

    model = migrate(*BEFORE).get_model("diagnostics", "AlertState")
    back = model.objects.filter(key__startswith="event").order_by("id")
    assert tuple(back.values_list("event", flat=True)) == OLD_EVENTS
    assert set(back.values_list("reason", flat=True)) == {UNKNOWN}
