"""What the models of the pair map are given: published directions only, with their raters and their variance."""

from dataclasses import dataclass, field

import numpy as np
import pytest

from diagnostics.core.pairs.estimate import Directions
from diagnostics.models import PairIndex, PairScore
from diagnostics.scoring.pairs import compute
from diagnostics.services.scoring import score
from surveys.rules.limits import MISSING
from tests.diagnostics.pair_waves import NO_NEED, company, questionnaire, rate, rated_company, worked
from tests.diagnostics.waves import close_wave, department, make_survey, spread

pytestmark = pytest.mark.django_db
NAMES = ("Marketing", "Sales", "Production", "Logistics", "Finance")


@dataclass
class Given:
    pairs: list[Directions] = field(default_factory=list)
    cells: list[Directions] = field(default_factory=list)


@pytest.fixture
def given(monkeypatch):
    """The directions that the model of pairs got, and those that were estimated one by one."""
    found = Given()
    for name, noted in (("estimate_pairs", found.pairs), ("estimate_cells", found.cells)):
        honest = getattr(compute, name)
        monkeypatch.setattr(
            compute, name, lambda table, honest=honest, noted=noted: (noted.append(table), honest(table))[1]
        )
    return found


def round_robin(survey):
    """All rate all, but for Sales, who are silent about Finance; the fewest others who rate it are of Marketing."""
    wave, number = company(survey), 0
    for rater in NAMES:
        for other in NAMES:
            if rater != other and (rater, other) != ("Sales", "Finance"):
                number += 1
                count = 10 if other == "Finance" and rater != "Marketing" else 8
                rate(wave, department(rater), department(other), worked(count, 1 + number % 3, seed=number))
    return wave


def estimates_of_departments(wave):
    figures = ("rater__name", "rated__name", "status", "value", "low", "high")
    pairs = ("first__name", "second__name", "value", "low", "high", "asymmetry")
    return (
        sorted(PairScore.objects.filter(rater_kind="group", rater__snapshot__wave=wave).values_list(*figures)),
        sorted(PairIndex.objects.filter(rater_kind="group", first__snapshot__wave=wave).values_list(*pairs)),
    )


@pytest.mark.parametrize(("make", "model"), [(rated_company, "empirical_bayes"), (round_robin, "social_relations")])
def test_no_figure_depends_on_a_suppressed_direction(make, model):
    """Four of Sales about Finance are too few to be shown, calm or at high risk."""
    estimates = []
    for option in (0, 4):
        wave = make(make_survey(f"Pulse {option}"))
        rate(wave, department("Sales"), department("Finance"), worked(4, option))
        score(wave_id=wave.id)
        estimates.append(estimates_of_departments(wave))
        rows = PairScore.objects.filter(rater_kind="group", rater__snapshot__wave=wave)
        assert set(rows.filter(status="published").values_list("model", flat=True)) == {model}
        assert rows.get(rater__name="Sales", rated__name="Finance").status == "suppressed"
    assert estimates[0] == estimates[1]
    assert all(estimates[0])


def test_divisions_are_estimated_apart_and_departments_jointly(given):
    score(wave_id=rated_company(make_survey()).id)
    assert len(given.pairs) == 1
    assert len(given.pairs[0].n) == PairScore.objects.filter(rater_kind="group", status="published").count()
    shown = PairScore.objects.filter(status="published").exclude(rater_kind="group")
    assert [len(table.n) for table in given.cells] == [
        shown.filter(rater_kind=rater_kind).count()
        for rater_kind in ("division", "everybody")
        if shown.filter(rater_kind=rater_kind)
    ]


def test_a_direction_has_the_mean_and_variance_of_its_ratings(given):
    wave = company(make_survey())
    ratings = worked(9, 2, seed=3)
    ticked = bytes([NO_NEED, 4, 4, 4])  # of people with whom there was no need of contact
    partly = bytes([0, 3, MISSING, 4])
    rate(wave, department("Sales"), department("Finance"), [*ratings, ticked, ticked, partly])
    score(wave_id=wave.id)
    scores = [np.mean([25.0 * code for code in row[1:]]) for row in ratings] + [87.5]
    table = given.pairs[0]
    assert table.n.tolist() == [10]
    assert table.mean == pytest.approx([np.mean(scores)])
    assert table.variance == pytest.approx([np.var(scores, ddof=1)])


def test_ratings_of_a_pool_count_as_the_fewest_people_possible(given):
    sales, shop, plant = department("Sales"), department("Shop"), department("Plant")
    groups = {(sales, shop): (30, spread(15, 2)), plant: (30, spread(15, 2, seed=4))}
    wave = close_wave(make_survey(), groups, questionnaire=questionnaire())
    rate(wave, plant, shop, worked(6, 2))
    rate(wave, plant, sales, worked(7, 3, seed=5))
    score(wave_id=wave.id)
    assert given.pairs[0].n.tolist() == [7]
