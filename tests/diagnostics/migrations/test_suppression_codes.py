"""Rows with sentences, as versions before 0010 wrote them, become rows with codes."""

import pytest

from tests.diagnostics.migrations.old_waves import wave_of

BEFORE, AFTER = ("diagnostics", "0009_alert_reason_codes"), ("diagnostics", "0011_suppression_constraints")
SENTENCES = (
    "too few answers",
    "too few to show a share",
    "would reveal a smaller group",
    "answers too alike",
    "no core sign was asked",
    "written by hand",
)


def snapshot_of(apps):
    return apps.get_model("diagnostics", "Snapshot").objects.create(wave=wave_of(apps), method="2.0")


def scores(apps, snapshot):
    group = apps.get_model("diagnostics", "GroupScore").objects.create(
        snapshot=snapshot, key="k", name="Sales", kind="group", departments=[1], response_band="5-9"
    )
    score = apps.get_model("diagnostics", "Score")
    for number, sentence in enumerate(SENTENCES):
        score.objects.create(group=group, measure=f"sign_{number}", status="hidden", reason=sentence)
    score.objects.create(group=group, measure="index", status="published", value=40, low=30, high=50)


def pairs(apps, snapshot):
    """Directions: suppressed for each reason, then published for each reason of its share."""
    nodes, score = apps.get_model("diagnostics", "PairNode").objects, apps.get_model("diagnostics", "PairScore").objects
    ends = [
        nodes.create(snapshot=snapshot, key=f"{number:02}", name=f"{number:02}", kind="group", departments=[number])
        for number in range(7)
    ]
    for rated, sentence in zip(ends[1:], SENTENCES, strict=True):
        score.create(
            level="group", rater=ends[0], rated=rated, status="hidden", reason=sentence, no_contact_reason=sentence
        )
        figure = {"status": "published", "value": 40, "low": 30, "high": 50, "response_band": "5-9"}
        model = {"model": "empirical Bayes", "model_reason": "too few departments for the social relations model"}
        score.create(level="group", rater=rated, rated=ends[0], no_contact_reason=sentence, **figure, **model)
    return ends


def indices(apps, ends):
    models = (
        ("social relations", ""),
        ("empirical Bayes", "sums of directions are estimated one by one"),
        ("empirical Bayes", "too few directions for the social relations model"),
        ("empirical Bayes", "the social relations model did not converge"),
        ("empirical Bayes", "more than 1,500 directions"),
        ("empirical Bayes", "no reason that we know"),
    )
    figures = {"value": 40, "low": 30, "high": 50, "asymmetry": 0, "asymmetry_low": -5, "asymmetry_high": 5}
    for end, (model, reason) in zip(ends[1:], models, strict=True):
        apps.get_model("diagnostics", "PairIndex").objects.create(
            level="group", first=ends[0], second=end, model=model, model_reason=reason, **figures
        )


def test_every_sentence_becomes_its_code_and_others_are_kept(migrate):
    old_apps = migrate(*BEFORE)
    snapshot = snapshot_of(old_apps)
    scores(old_apps, snapshot)
    indices(old_apps, pairs(old_apps, snapshot))
    apps = migrate(*AFTER)
    codes = ["too_few", "too_few", "protected", "protected", "not_asked", "legacy"]
    texts = ["", "", "", "", "", "written by hand"]

    rows = apps.get_model("diagnostics", "Score").objects.order_by("measure")
    assert list(rows.values_list("measure", "status", "reason", "legacy_reason")) == [
        ("index", "published", "", ""),
        *((f"sign_{number}", "suppressed", codes[number], texts[number]) for number in range(6)),
    ]

    directions = apps.get_model("diagnostics", "PairScore").objects
    suppressed = directions.filter(rater__key="00", status="suppressed").order_by("rated__key")
    assert list(suppressed.values_list("reason", "legacy_reason")) == list(zip(codes, texts, strict=True))
    assert list(suppressed.values_list("no_contact_reason", flat=True)) == ["protected"] * 5 + ["legacy"]
    published = directions.filter(rated__key="00", status="published").order_by("rater__key")
    shares = list(published.values_list("no_contact_reason", "legacy_no_contact_reason"))
    assert shares == list(zip(codes, texts, strict=True))
    assert set(published.values_list("model", "model_reason")) == {("empirical_bayes", "too_few_departments")}

    pairs_after = apps.get_model("diagnostics", "PairIndex").objects.order_by("second__key")
    assert list(pairs_after.values_list("model", "model_reason", "model_arguments")) == [
        ("social_relations", "", {}),
        ("empirical_bayes", "one_by_one", {}),
        ("empirical_bayes", "too_few_directions", {}),
        ("empirical_bayes", "not_converged", {}),
        ("empirical_bayes", "too_many_directions", {"most": 1500}),
        ("empirical_bayes", "legacy", {"text": "no reason that we know"}),
    ]


def test_a_database_without_rows_is_migrated_too(migrate):
    migrate(*BEFORE)
    apps = migrate(*AFTER)
    assert apps.get_model("diagnostics", "Score").objects.count() == 0
