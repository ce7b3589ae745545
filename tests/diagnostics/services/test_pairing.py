import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from diagnostics.models import PairIndex, PairNode, PairScore, Snapshot
from diagnostics.services.scoring import score
from tests.diagnostics.pair_waves import (
    NEEDED,
    NO_NEED,
    company,
    contact,
    questionnaire,
    rate,
    rated_company,
    worked,
)
from tests.diagnostics.scored_waves import scored
from tests.diagnostics.waves import close_wave, department, make_survey, spread

pytestmark = pytest.mark.django_db
NO_FIGURE = {
    "value": None,
    "low": None,
    "high": None,
    "no_contact": None,
    "response_low": None,
    "response_high": None,
    "model": "",
}


def cells(rater_kind="group"):
    rows = PairScore.objects.filter(rater_kind=rater_kind).select_related("rater", "rated")
    return {(row.rater.name, row.rated.name): row for row in rows}


def test_each_direction_has_a_row_with_its_figure_interval_and_band():
    scored(make=rated_company)
    row = cells()["Marketing", "Sales"]
    assert 60 < row.value < 85
    assert 5 <= row.low < row.value < row.high <= 95
    assert (row.status, row.reason, row.response_low, row.response_high) == ("published", "", 10, 14)
    assert cells()["Production", "Sales"].value < 35


def test_a_direction_with_too_few_scores_has_no_figure():
    """Five ratings were stored; two of them had no need of contact, and so no score."""
    scored(make=rated_company)
    row = cells()["Service", "Logistics"]
    assert (row.status, row.reason) == ("suppressed", "too_few")
    assert {name: getattr(row, name) for name in NO_FIGURE} == NO_FIGURE


def test_what_is_stored_by_division_is_of_divisions_and_of_everybody():
    scored(make=rated_company)
    assert ("Commercial", "Finance") in cells("division")
    assert ("Commercial", "Operations") in cells("division")
    assert cells("division")["Commercial", "Finance"].status == "published"
    everybody = cells("everybody")
    assert {rated for _, rated in everybody} == {"Marketing", "Sales", "Production", "Logistics", "Finance"}
    assert {row.rater.kind for row in everybody.values()} == {"company"}


def test_a_division_made_of_one_group_is_that_group():
    """Finance is no division of its own: nothing is said twice."""
    scored(make=rated_company)
    assert PairNode.objects.filter(name="Finance").count() == 1
    assert [pair for pair in cells("division") if "Sales" in pair] == []


def test_a_pair_has_the_mean_of_both_directions_and_their_difference():
    scored(make=rated_company)
    pairs = {(row.first.name, row.second.name): row for row in PairIndex.objects.filter(rater_kind="group")}
    pair = next(row for names, row in pairs.items() if set(names) == {"Marketing", "Sales"})
    rows = cells()
    assert pair.value == pytest.approx((rows["Marketing", "Sales"].value + rows["Sales", "Marketing"].value) / 2, abs=1)
    assert pair.low > 50
    one_sided = next(row for names, row in pairs.items() if set(names) == {"Sales", "Production"})
    towards_sales = one_sided.asymmetry if one_sided.first.name == "Sales" else -one_sided.asymmetry
    difference = rows["Sales", "Production"].value - rows["Production", "Sales"].value
    assert towards_sales == pytest.approx(difference, abs=1)
    assert one_sided.asymmetry_low > 0 or one_sided.asymmetry_high < 0
    assert len(pairs) == 3


def test_the_model_and_why_it_is_the_simpler_one_are_kept():
    scored(make=rated_company)
    shown = PairScore.objects.filter(status="published")
    assert set(shown.filter(rater_kind="group").values_list("model", "model_reason")) == {
        ("empirical_bayes", "too_few_directions")
    }
    assert set(shown.exclude(rater_kind="group").values_list("model_reason", flat=True)) == {"one_by_one"}


def test_enough_departments_are_estimated_by_social_relations():
    def round_robin(survey):
        wave = company(survey)
        names = ("Marketing", "Sales", "Production", "Logistics", "Finance")
        for number, (rater, rated) in enumerate((rater, rated) for rater in names for rated in names if rater != rated):
            rate(wave, department(rater), department(rated), worked(8, 1 + number % 3, seed=number))
        return wave

    scored(make=round_robin)
    rows = PairScore.objects.filter(rater_kind="group")
    assert set(rows.values_list("status", "model", "model_reason")) == {("published", "social_relations", "")}
    assert rows.count() == 20
    assert PairIndex.objects.filter(rater_kind="group", model="social_relations").count() == 10


def test_avoidance_does_not_read_as_calm():
    """Twelve say that contact was needed and did not happen, six that they worked together well."""

    def avoided(survey):
        wave = company(survey)
        rate(wave, department("Sales"), department("Finance"), worked(6, 1) + contact(8, NEEDED) + contact(3, NO_NEED))
        rate(wave, department("Production"), department("Finance"), worked(14, 1, seed=4))
        return wave

    scored(make=avoided)
    row = cells()["Sales", "Finance"]
    assert row.value > 50
    # 8 of 14, to 10 %.
    assert row.no_contact == 60
    assert row.no_contact_low < row.no_contact < row.no_contact_high
    assert (row.response_low, row.response_high) == (10, 14)


def test_a_share_without_contact_that_tells_others_mean_is_suppressed():
    def mostly_avoided(survey):
        wave = company(survey)
        rate(wave, department("Sales"), department("Finance"), worked(3, 1) + contact(9, NEEDED))
        return wave

    scored(make=mostly_avoided)
    row = cells()["Sales", "Finance"]
    assert (row.status, row.no_contact, row.no_contact_reason) == ("published", None, "protected")


def test_ratings_inside_a_pool_are_dropped_and_a_pool_is_rated_as_one():
    def pooled(survey):
        sales, shop, plant = department("Sales"), department("Shop"), department("Plant")
        groups = {(sales, shop): (30, spread(15, 2)), plant: (30, spread(15, 2, seed=4))}
        wave = close_wave(survey, groups, questionnaire=questionnaire())
        rate(wave, sales, shop, worked(8, 4))
        rate(wave, plant, shop, worked(6, 2))
        rate(wave, plant, sales, worked(7, 3, seed=5))
        return wave

    scored(make=pooled)
    assert list(cells()) == [("Plant", "Sales, Shop")]
    # Thirteen ratings may be those of seven people.
    row = cells()["Plant", "Sales, Shop"]
    assert (row.response_low, row.response_high) == (5, 9)


def test_a_department_that_was_not_asked_can_be_rated():
    def rated_from_afar(survey):
        wave = company(survey)
        rate(wave, department("Sales"), department("Lab", department("Research")), worked(8, 3))
        return wave

    scored(make=rated_from_afar)
    assert cells()["Sales", "Lab"].status == "published"


def test_a_raised_minimum_counts():
    scored(make=rated_company, min_group_size=9)
    assert cells()["Sales", "Marketing"].status == "published"
    assert cells()["Logistics", "Production"].reason == "too_few"
    # Everybody about Production less Sales would be Logistics.
    assert cells()["Sales", "Production"].reason == "protected"


def test_a_wave_without_counterparts_has_no_pair_map():
    def unasked(survey):
        return close_wave(survey, {department("Sales"): (20, spread(15, 2))})

    scored(make=unasked)
    assert (PairNode.objects.count(), PairScore.objects.count(), PairIndex.objects.count()) == (0, 0, 0)
    assert Snapshot.objects.count() == 1


def test_ratings_that_do_not_fit_stop_the_scoring_of_the_wave():
    wave = company(make_survey())
    rate(wave, department("Sales"), department("Finance"), [b"\x00\x01"] * 5)
    with pytest.raises(ValueError, match="do not fit this wave's questionnaire"):
        score(wave_id=wave.id)
    assert Snapshot.objects.count() == 0


@pytest.mark.parametrize(
    "changes",
    [
        {"value": 4, "low": 4},
        {"value": 96, "high": 96},
        {"low": 90},
        {"high": None},
        {"model": ""},
        {"reason": "too_few"},
        {"status": "suppressed", "reason": "too_few"},
        {"no_contact": 50},
        {"no_contact_reason": ""},
        {"rater_kind": "nobody"},
        {"response_low": None},
        {"response_low": None, "response_high": None},
        {"response_low": 99},
    ],
)
def test_the_database_refuses_a_row_that_may_not_be(changes):
    scored(make=rated_company)
    row = cells()["Production", "Logistics"]
    assert row.no_contact is None
    with pytest.raises(IntegrityError), transaction.atomic():
        PairScore.objects.filter(id=row.id).update(**changes)


@pytest.mark.parametrize(
    "changes",
    [{"low": 90}, {"asymmetry_low": 80}, {"asymmetry": 91, "asymmetry_high": 91}, {"rater_kind": "everybody"}],
)
def test_the_database_refuses_a_pair_that_may_not_be(changes):
    scored(make=rated_company)
    with pytest.raises(IntegrityError), transaction.atomic():
        PairIndex.objects.update(**changes)


def test_scoring_again_changes_nothing_in_as_many_queries():
    wave = scored(make=rated_company)
    before = sorted(PairScore.objects.values_list())
    score(wave_id=wave.id)
    assert sorted(PairScore.objects.values_list()) == before
    counts = []
    for number, make in ((2, company), (3, rated_company)):
        another = make(wave.survey, number=number)
        rate(another, department("Sales"), department("Finance"), worked(8, 2))
        rate(another, department("Finance"), department("Sales"), worked(8, 2, seed=2))
        with CaptureQueriesContext(connection) as queries:
            score(wave_id=another.id)
        counts.append(len([query for query in queries if "pair" in query["sql"] or "rating" in query["sql"]]))
    assert counts == [4, 4]
