"""Bands and rates that versions before 0014 stored as text become numbers."""

import re

import pytest

from tests.diagnostics.migrations.old_waves import wave_of

BEFORE, AFTER = ("diagnostics", "0013_alert_memory_help"), ("diagnostics", "0016_response_constraints")
# Stored band and rate, then the numbers that they become.
GROUPS = (
    ("under 5", "", (None, None, None, False)),
    ("5-9", "", (5, 9, None, False)),  # of an imported wave without headcounts
    ("10-14", "about 60 %", (10, 14, 60, False)),
    ("5-10", "about 5 %", (5, 10, 5, False)),
    ("35-40", "about 90 %", (35, 40, 90, False)),
    ("40000-45000", "≥ 90 %", (40000, 45000, 90, True)),
)


def snapshot_of(apps):
    return apps.get_model("diagnostics", "Snapshot").objects.create(wave=wave_of(apps), method="2.0")


def group(apps, snapshot, band, rate="", key="k"):
    return apps.get_model("diagnostics", "GroupScore").objects.create(
        snapshot=snapshot, key=key, name=key, kind="group", departments=[1], response_band=band, rate_text=rate
    )


def directions(apps, snapshot):
    """Published one way, suppressed the other."""
    nodes, scores = apps.get_model("diagnostics", "PairNode").objects, apps.get_model("diagnostics", "PairScore").objects
    sales, plant = (
        nodes.create(snapshot=snapshot, key=key, name=key, kind="group", departments=[1]) for key in ("sales", "plant")
    )
    suppressed = {"status": "suppressed", "reason": "too_few", "no_contact_reason": "protected"}
    published = {"value": 40, "low": 30, "high": 50, "model": "empirical_bayes", "no_contact_reason": "protected"}
    scores.create(level="group", rater=sales, rated=plant, **suppressed)
    scores.create(level="group", rater=plant, rated=sales, status="published", response_band="10-15", **published)


def test_each_form_of_text_becomes_its_numbers(migrate):
    old_apps = migrate(*BEFORE)
    snapshot = snapshot_of(old_apps)
    for number, (band, rate, _) in enumerate(GROUPS):
        group(old_apps, snapshot, band, rate, key=str(number))
    directions(old_apps, snapshot)
    apps = migrate(*AFTER)
    rows = apps.get_model("diagnostics", "GroupScore").objects.order_by("key")
    columns = ("response_low", "response_high", "response_percent", "response_percent_at_least")
    assert list(rows.values_list(*columns)) == [numbers for _, _, numbers in GROUPS]
    pairs = apps.get_model("diagnostics", "PairScore").objects.order_by("rater__key")
    assert list(pairs.values_list("rater__key", "response_low", "response_high")) == [
        ("plant", 10, 15),
        ("sales", None, None),
    ]


def test_a_database_without_rows_is_migrated_too(migrate):
    migrate(*BEFORE)
    apps = migrate(*AFTER)
    assert apps.get_model("diagnostics", "GroupScore").objects.count() == 0


@pytest.mark.parametrize(("band", "rate"), [("about ten", ""), ("10-", ""), ("10-14", "71 %"), ("10-14", "most")])
def test_another_text_stops_the_migration_and_names_its_row(migrate, band, rate):
    old_apps = migrate(*BEFORE)
    row = group(old_apps, snapshot_of(old_apps), band, rate)
    with pytest.raises(ValueError, match=re.escape(str(row.pk))):
        migrate(*AFTER)
