"""Who rates keeps its code under the new name of the column, forwards and backwards."""

from tests.diagnostics.migrations.old_waves import wave_of

BEFORE, AFTER = ("diagnostics", "0021_alert_memory_names"), ("diagnostics", "0022_rater_kind")
KINDS = ["division", "everybody", "group"]


def kinds(apps, column):
    return list(apps.get_model("diagnostics", "PairScore").objects.order_by(column).values_list(column, flat=True))


def test_a_direction_keeps_who_rates_under_the_new_name_and_back(migrate):
    old = migrate(*BEFORE)
    snapshot = old.get_model("diagnostics", "Snapshot").objects.create(wave=wave_of(old), method="2.0")
    nodes = old.get_model("diagnostics", "PairNode").objects
    rater, rated = (nodes.create(snapshot=snapshot, key=key, kind="group", departments=[]) for key in "ab")
    for kind in KINDS:
        old.get_model("diagnostics", "PairScore").objects.create(
            level=kind,
            rater=rater,
            rated=rated,
            status="suppressed",
            reason="too_few",
            no_contact_reason="protected",
        )
    assert kinds(migrate(*AFTER), "rater_kind") == KINDS
    assert kinds(migrate(*BEFORE), "level") == KINDS
