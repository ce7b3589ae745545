"""What earlier versions stored exactly becomes as coarse as what is published now, on both databases."""

import pytest

from diagnostics.core.alerts.level import certainty_step
from diagnostics.core.disclosure.shares import coarse_percent, rule_against_share
from diagnostics.core.disclosure.shares import published_share
from surveys.rules.rounding import Band, whole
from tests.diagnostics.migrations.old_waves import wave_of

BEFORE, AFTER = ("diagnostics", "0018_remedy_sides_once"), ("diagnostics", "0019_coarse_shares")
# Stored share with its interval, and its band; what becomes of it.
SHARES = (
    ((18, 7, 37), (15, 19), (20, 8, 41)),
    ((5, 5, 14), (20, 24), (10, 5, 26)),
    ((86, 62, 95), (10, 14), "protected"),
    ((33, 16, 56), (15, 16), "protected"),
    ((30, 13, 56), (5, 10), "too_few"),
    ((17, 13, 23), (175, 179), (15, 11, 20)),
)


def snapshot_of(apps):
    wave = wave_of(apps)
    apps.get_model("surveys", "ReportingGroup").objects.create(
        wave=wave, key="k", name="All", departments=[1], people=200
    )
    return apps.get_model("diagnostics", "Snapshot").objects.create(wave=wave, method="2.0")


def scores(apps, snapshot):
    groups, rows = (apps.get_model("diagnostics", name).objects for name in ("GroupScore", "Score"))
    for number, ((value, low, high), (least, most), _) in enumerate(SHARES):
        kind = "company" if least == 175 else "group"
        group = groups.create(
            snapshot=snapshot, key=f"k{number}", name="x", kind=kind, departments=[1], response_low=least, response_high=most
        )
        figures = {"value": value, "low": low, "high": high, "change": 4}
        rows.create(group=group, measure="critical_mass", status="published", **figures)
        rows.create(group=group, measure="stagnation", status="published", **figures)


def directions(apps, snapshot):
    nodes = apps.get_model("diagnostics", "PairNode").objects
    ends = [nodes.create(snapshot=snapshot, key=key, name=key, kind="group", departments=[1]) for key in ("a", "b")]
    common = {"level": "group", "status": "published", "value": 40, "low": 30, "high": 50, "model": "empirical_bayes"}
    for (rater, rated), (least, most) in zip((ends, ends[::-1]), ((15, 19), (5, 9)), strict=True):
        share = {"no_contact": 18, "no_contact_low": 7, "no_contact_high": 37}
        apps.get_model("diagnostics", "PairScore").objects.create(
            rater=rater, rated=rated, response_low=least, response_high=most, **common, **share
        )


def note(apps, snapshot):
    careless = {"percent": 9, "low": 5, "high": 16, "with_them": 40, "without_them": 38}
    power = [{"people": 30, "answering": 27, "departments": 2}, {"people": None, "answering": 13, "departments": 1}]
    document = {"careless": careless, "power": power}
    apps.get_model("diagnostics", "MethodNote").objects.create(snapshot=snapshot, document=document)


def alerts(apps, snapshot):
    wave = snapshot.wave
    for number, percent in enumerate((100, 97, 94, 12)):
        apps.get_model("diagnostics", "AlertState").objects.create(
            survey=wave.survey,
            wave=wave,
            key=f"k{number}",
            measure="index",
            memory={"watch_run": 0, "calm_run": 0},
            reason_code="above_level",
            reason_arguments={"level": 50.0, "certainty": percent},
        )


def test_shares_notes_and_certainties_become_coarse(migrate):
    old_apps = migrate(*BEFORE)
    snapshot = snapshot_of(old_apps)
    for make in (scores, directions, note, alerts):
        make(old_apps, snapshot)
    apps = migrate(*AFTER)
    rows = apps.get_model("diagnostics", "Score").objects.order_by("group__key")
    found = [
        (row.value, row.low, row.high) if row.status == "published" else row.reason
        for row in rows.filter(measure="critical_mass")
    ]
    assert found == [expected for _, _, expected in SHARES]
    assert set(rows.filter(measure="critical_mass").values_list("change", flat=True)) == {None}
    assert list(rows.filter(measure="stagnation").values_list("value", flat=True)) == [share[0] for share, _, _ in SHARES]
    pairs = apps.get_model("diagnostics", "PairScore").objects.order_by("rater__key")
    assert list(pairs.values_list("no_contact", "no_contact_low", "no_contact_high", "no_contact_reason")) == [
        (20, 8, 41, ""),
        (None, None, None, "too_few"),
    ]
    document = apps.get_model("diagnostics", "MethodNote").objects.get().document
    assert document["careless"] == {"percent": 10, "low": 7, "high": 14, "with_them": 40, "without_them": 38}
    assert [row["answering"] for row in document["power"]] == [27, 12]
    states = apps.get_model("diagnostics", "AlertState").objects.order_by("key")
    assert [row.reason_arguments["certainty"] for row in states] == [99, 95, 80, 0]


def test_a_database_without_rows_becomes_coarse_too(migrate):
    migrate(*BEFORE)
    assert migrate(*AFTER).get_model("diagnostics", "Score").objects.count() == 0


@pytest.mark.parametrize(("agreeing", "total", "band"), [(3, 17, (15, 19)), (1, 21, (20, 24)), (12, 14, (10, 14))])
def test_the_migrations_steps_are_those_of_the_product(agreeing, total, band):
    """A whole percent lies in the step of the share that it was rounded from, but where two steps meet."""
    share, published = published_share(agreeing, total, Band(*band)), rule_against_share(agreeing, total, Band(*band)) is None
    expected = next(found for (value, _, _), of, found in SHARES if of == band and value in (18, 5, 86))
    assert published == (expected != "protected")
    if published:
        assert (coarse_percent(agreeing, total, Band(*band)), whole(share.low), whole(share.high)) == expected


def test_the_migrations_certainties_are_those_of_the_product():
    assert [certainty_step(percent) for percent in (100, 97, 94, 12)] == [99, 95, 80, 0]
