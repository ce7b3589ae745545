"""The best linear prediction of one person: the minimum group size and a difference of one person are cases of it."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from diagnostics.core.disclosure.prediction import Cohort, TimedCell, explained_shares, exposed
from tests.diagnostics.core.leavers import leaver_share

BEFORE, NOW = 0, 1
CELLS = [TimedCell(name, period) for period in (BEFORE, NOW) for name in "abc"]
SIZES = st.integers(min_value=2, max_value=60)
CORRELATIONS = st.floats(min_value=0, max_value=0.95)


def cohort(people, *cells):
    return Cohort(people, frozenset(cells))


cohorts = st.lists(
    st.builds(Cohort, st.integers(min_value=1, max_value=8), st.frozensets(st.sampled_from(CELLS), max_size=4)),
    min_size=1,
    max_size=6,
)


@given(people=st.integers(min_value=1, max_value=200), correlation=CORRELATIONS)
def test_one_cell_gives_one_over_its_people(people, correlation):
    shares = explained_shares([cohort(people, CELLS[0])], correlation=correlation)
    assert shares == pytest.approx([1 / people])


@given(people=SIZES, correlation=CORRELATIONS)
def test_two_cells_of_one_time_that_differ_by_one_person_give_all(people, correlation):
    whole, part = CELLS[:2]
    shares = explained_shares([cohort(people, whole, part), cohort(1, whole)], correlation=correlation)
    assert shares == pytest.approx([1 / people, 1])


@given(people=SIZES, correlation=CORRELATIONS)
def test_somebody_who_left_is_predicted_by_the_closed_form(people, correlation):
    before, now = TimedCell("a", BEFORE), TimedCell("a", NOW)
    shares = explained_shares([cohort(people - 1, before, now), cohort(1, before)], correlation=correlation)
    assert shares[1] == pytest.approx(leaver_share(people, correlation=correlation))


@pytest.mark.parametrize(("people", "share"), [(8, 0.219), (10, 0.179)])
def test_the_closed_form_at_the_default_correlation(people, share):
    assert round(leaver_share(people), 3) == share


@given(cohorts, CORRELATIONS)
def test_it_is_that_of_every_person_by_itself(listed, correlation):
    """By a matrix over people instead of cohorts, and least squares instead of a pseudo-inverse."""
    by_person = [
        max((brute_force(listed, place, period, correlation) for period in (BEFORE, NOW)), default=0)
        for place in range(len(listed))
    ]
    assert explained_shares(listed, correlation=correlation) == pytest.approx(by_person, abs=1e-6)


def brute_force(listed, place, period, correlation):
    """Each person has an answer in each period; people are independent, the two answers of one correlated."""
    if all(cell.period != period for cell in listed[place].cells):
        return 0
    owners = [number for number, cohort in enumerate(listed) for _ in range(cohort.people)]
    answers = np.kron(np.eye(len(owners)), [[1, correlation], [correlation, 1]])
    cells = sorted({cell for cohort in listed for cell in cohort.cells}, key=str)
    rows = np.zeros((len(cells), 2 * len(owners)))
    for row, cell in enumerate(cells):
        inside = [person for person, owner in enumerate(owners) if cell in listed[owner].cells]
        rows[row, [2 * person + cell.period for person in inside]] = 1 / len(inside)
    target = np.zeros(2 * len(owners))
    target[2 * owners.index(place) + period] = 1
    c = rows @ answers @ target
    weights = np.linalg.lstsq(rows @ answers @ rows.T, c, rcond=1e-10)[0]
    return float(c @ weights)


@given(cohorts, st.sampled_from(CELLS), CORRELATIONS)
def test_another_published_cell_never_tells_less(listed, cell, correlation):
    fewer = [Cohort(cohort.people, cohort.cells - {cell}) for cohort in listed]
    more = explained_shares(listed, correlation=correlation)
    before = explained_shares(fewer, correlation=correlation)
    assert (more >= before - 1e-6).all()
    assert (more <= 1).all()


@given(cohorts, st.randoms(use_true_random=False), CORRELATIONS)
def test_the_order_of_cohorts_means_nothing(listed, chance, correlation):
    order = list(range(len(listed)))
    chance.shuffle(order)
    shares = explained_shares(listed, correlation=correlation)
    shuffled = explained_shares([listed[place] for place in order], correlation=correlation)
    assert shuffled == pytest.approx(shares[order], abs=1e-9)


def test_exposed_are_known_cohorts_above_the_limit():
    before, now = TimedCell("a", BEFORE), TimedCell("a", NOW)
    stayed, left = cohort(7, before, now), cohort(1, before)
    assert exposed([stayed, left], min_group_size=5) == [1]
    assert exposed([stayed, Cohort(1, left.cells, known=False)], min_group_size=5) == []
    assert exposed([cohort(9, before, now), left], min_group_size=5) == []
    assert exposed([cohort(5, before)], min_group_size=5) == []
    assert exposed([cohort(4, before)], min_group_size=5) == [0]


@pytest.mark.parametrize(("people", "correlation"), [(0, 0.7), (3, -0.1), (3, 1.1)])
def test_what_makes_no_sense_is_refused(people, correlation):
    with pytest.raises(ValueError, match=r"cohort|correlation"):
        explained_shares([cohort(people, CELLS[0])], correlation=correlation)
