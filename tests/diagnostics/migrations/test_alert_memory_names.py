"""What stored alerts remember is renamed and nothing else of them changed, forwards and backwards."""

import itertools
from importlib import import_module

from tests.diagnostics.migrations.old_waves import wave_of

migration = import_module("diagnostics.migrations.0021_alert_memory_names")

BEFORE, AFTER = ("diagnostics", "0020_scoring_fault"), ("diagnostics", "0021_alert_memory_names")
BASE = [1, 1, 1, 28, 38.0, 4.0, 38, 0.0]
OLD = {
    ("level", "none"): {"watch_run": 1, "calm_run": 0},
    ("level", "cleared"): {"watch_run": 0, "calm_run": 0, "raised": 3},
    ("change", "expired"): {"watched": [2], "calm_run": 0, "items": "a", "raised": 4, "base": BASE},
    ("participation", "none"): {"calm_run": 2, "base": BASE},
}
NEW = {
    ("level", "none"): {"waves_above": 1, "waves_calm": 0},
    ("level", "cleared"): {"waves_above": 0, "waves_calm": 0, "raised_in": 3},
    ("change", "expired"): {"watched": [2], "waves_calm": 0, "items": "a", "raised_in": 4, "base": BASE},
    ("participation", "none"): {"waves_calm": 2, "base": BASE},
}


def memories(apps):
    rows = apps.get_model("diagnostics", "AlertState").objects.order_by("pk")
    return {(row.kind, row.event): row.memory for row in rows}


def test_stored_memories_get_the_new_names_and_back(migrate, monkeypatch):
    monkeypatch.setattr(migration, "BATCH", 3)
    old = migrate(*BEFORE)
    wave, keys = wave_of(old), itertools.count()
    for (kind, event), memory in OLD.items():
        old.get_model("diagnostics", "AlertState").objects.create(
            survey_id=wave.survey_id,
            wave=wave,
            key=f"k{next(keys)}",
            kind=kind,
            measure="response" if kind == "participation" else "index",
            event=event,
            memory=memory,
            reason_code="suppressed",
        )
    assert memories(migrate(*AFTER)) == NEW
    assert memories(migrate(*BEFORE)) == OLD
