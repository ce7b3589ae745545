"""What scoring hands to the alerts of a figure: of which department and kind it is, and how loosely its v is known."""

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

    def noting(before, cells, **how):
        found.update({cell: published.measured for cell, published in cells.items()})
        return step(before, cells, **how)

    step = alerting.advance_alerts
    monkeypatch.setattr(alerting, "advance_alerts", noting)
    top = department("Commercial")
    groups = {
        department(name, None if name == "Finance" else top): (40, spread(count, 1, seed=count))
        for name, count in ANSWERS.items()
    }
    wave = close_wave(make_survey(), groups)
    score(wave_id=wave.id)
    names = dict(wave.snapshot.groups.values_list("key", "name"))
    assert {key for key, _ in found} < set(names)
    return {(names[key], measure): (key, measured) for (key, measure), measured in found.items()}


def test_index_and_core_signs_are_followed_but_not_those_of_the_company(cells):
    followed = {*ANSWERS, "Commercial"}
    assert set(cells) == {(name, measure) for name in followed for measure in ("index", *CORE)}


def test_groups_are_one_family_of_departments_and_divisions_another(cells):
    assert {(name, measured.family) for (name, _), (_, measured) in cells.items()} == {
        *((name, "group") for name in ANSWERS),
        ("Commercial", "division"),
    }
    assert all(measured.department == key for key, measured in cells.values())
    assert len({measured.department for _, measured in cells.values()}) == 4


def test_the_variance_of_a_group_has_the_freedom_of_its_and_all_answers(cells):
    pooled = sum(ANSWERS.values()) - len(ANSWERS)
    for name, count in ANSWERS.items():
        for measure in ("index", *CORE):
            measured = cells[name, measure][1]
            assert 2 * measured.variance**2 / measured.variance_error == pytest.approx(
                float(freedom(np.array(count - 1), pooled))
            )


def test_a_division_has_the_variance_and_error_of_a_weighted_mean(cells):
    parts, whole = [cells[name, "index"][1] for name in ("Marketing", "Sales")], cells["Commercial", "index"][1]
    assert whole.observed == pytest.approx(np.mean([part.observed for part in parts]))
    assert whole.variance == pytest.approx(sum(part.variance for part in parts) / 4)
    assert whole.variance_error == pytest.approx(sum(part.variance_error for part in parts) / 16)
