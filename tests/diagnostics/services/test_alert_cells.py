"""What scoring tells the alerts of a figure: of which department and kind it is, and how loosely its v is known."""

import numpy as np
import pytest

from diagnostics.core.estimate.index import freedom
from diagnostics.services import alerting
from diagnostics.services.scoring import score
from tests.diagnostics.waves import CORE, close_wave, department, make_survey, spread

pytestmark = pytest.mark.django_db
ANSWERS = {"Marketing": 12, "Sales": 16, "Finance": 30}


@pytest.fixture
def cells(monkeypatch):
    """{(name, measure): Measured} of a wave: a division of two departments, and one beside them."""
    found = {}

    def noting(before, seen, **how):
        found.update({cell: one.measured for cell, one in seen.items()})
        return step(before, seen, **how)

    step = alerting.chain_step
    monkeypatch.setattr(alerting, "chain_step", noting)
    top = department("Commercial")
    groups = {
        department(name, None if name == "Finance" else top): (40, spread(count, 1, seed=count))
        for name, count in ANSWERS.items()
    }
    wave = close_wave(make_survey(), groups)
    score(wave_id=wave.id)
    names = dict(wave.snapshot.groups.values_list("key", "name"))
    assert {key for key, _ in found} < set(names)
    return {(names[key], measure): (key, one) for (key, measure), one in found.items()}


def test_the_index_and_each_core_sign_of_groups_and_divisions_are_followed_and_not_the_company(cells):
    followed = {*ANSWERS, "Commercial"}
    assert set(cells) == {(name, measure) for name in followed for measure in ("index", *CORE)}


def test_groups_are_one_family_and_divisions_another_and_all_figures_of_one_are_one_department(cells):
    assert {(name, one.family) for (name, _), (_, one) in cells.items()} == {
        *((name, "group") for name in ANSWERS),
        ("Commercial", "division"),
    }
    assert all(one.department == key for key, one in cells.values())
    assert len({one.department for _, one in cells.values()}) == 4


def test_the_variance_of_each_group_has_the_degrees_of_freedom_of_its_answers_and_those_of_all(cells):
    pooled = sum(ANSWERS.values()) - len(ANSWERS)
    for name, count in ANSWERS.items():
        for measure in ("index", *CORE):
            one = cells[name, measure][1]
            assert 2 * one.variance**2 / one.variance_error == pytest.approx(
                float(freedom(np.array(count - 1), pooled))
            )


def test_a_division_has_the_variance_and_its_error_of_a_weighted_mean(cells):
    parts, whole = [cells[name, "index"][1] for name in ("Marketing", "Sales")], cells["Commercial", "index"][1]
    assert whole.observed == pytest.approx(np.mean([one.observed for one in parts]))
    assert whole.variance == pytest.approx(sum(one.variance for one in parts) / 4)
    assert whole.variance_error == pytest.approx(sum(one.variance_error for one in parts) / 16)
