"""What the pair map is worth on matrices whose truth is known: errors, coverage, and a wrong model that fails."""

import numpy as np
import pytest

from diagnostics.core.pairs import relations
from diagnostics.core.pairs.codes import ModelReason, ModelReasonCode, PairModel
from diagnostics.core.pairs.estimate import estimate_cells, estimate_pairs
from tests.diagnostics.core.matrices import draw

DRAWS = 60
WITH_PAIRS, WITHOUT_PAIRS = (5.0, 5.0, 6.0, 3.0), (6.0, 6.0, 0.0, 0.0)


def simulated(sds, *, seed=1):
    """RMSE of raw means, empirical Bayes and social relations; coverage of the latter two, of pair and of asymmetry."""
    rng = np.random.default_rng(seed)
    errors, covered = [], []
    for _ in range(DRAWS):
        truth, table = draw(rng, 8, sds)
        pairs = estimate_pairs(table)
        assert pairs.model == PairModel.SOCIAL_RELATIONS
        shrunk, related = estimate_cells(table).directions(), pairs.directions()
        errors.append([np.mean((figure - truth) ** 2) for figure in (table.mean, shrunk.value, related.value)])
        place = {pair: k for k, pair in enumerate(zip(table.rater.tolist(), table.rated.tolist(), strict=True))}
        first = np.array([k for (rater, other), k in place.items() if rater < other])
        second = np.array([place[other, rater] for rater, other in place if rater < other])
        rows = [
            (shrunk, truth),
            (related, truth),
            (pairs.both(first, second), (truth[first] + truth[second]) / 2),
            (pairs.difference(first, second), truth[first] - truth[second]),
        ]
        covered.append([np.mean((estimated.low <= true) & (true <= estimated.high)) for estimated, true in rows])
    return np.sqrt(np.mean(errors, axis=0)), np.mean(covered, axis=0)


def test_with_true_pair_effects_the_model_beats_shrinking_and_raw_means():
    (raw, shrunk, related), covered = simulated(WITH_PAIRS)
    assert (raw, shrunk, related) == (
        pytest.approx(6.4, abs=0.5),
        pytest.approx(5.5, abs=0.4),
        pytest.approx(5.2, abs=0.4),
    )
    assert related < shrunk < raw
    assert (covered > 0.86).all()
    assert (covered < 0.97).all()


def test_without_pair_effects_it_gains_more():
    (raw, shrunk, related), covered = simulated(WITHOUT_PAIRS)
    assert (raw, shrunk, related) == (
        pytest.approx(6.4, abs=0.5),
        pytest.approx(5.0, abs=0.4),
        pytest.approx(4.2, abs=0.4),
    )
    assert related < 0.88 * shrunk
    assert covered[1:].min() > 0.86


def test_a_model_that_takes_each_mean_for_the_truth_fails_the_same_test(monkeypatch):
    """Negative control: sampling error left out, the intervals are far too narrow, and raw means come back."""
    honest = relations.sampling_covariance
    monkeypatch.setattr(relations, "sampling_covariance", lambda *args, **names: 0.05 * honest(*args, **names))
    (raw, _, related), covered = simulated(WITHOUT_PAIRS)
    assert related > 0.88 * raw
    assert covered[1] < 0.75


def test_too_small_a_table_falls_back_and_gives_the_reason():
    _, table = draw(np.random.default_rng(5), 3, WITH_PAIRS)
    pairs = estimate_pairs(table)
    assert (pairs.model, pairs.reason) == (
        PairModel.EMPIRICAL_BAYES,
        ModelReason(ModelReasonCode.TOO_FEW_DEPARTMENTS),
    )
    assert pairs.directions().value == pytest.approx(estimate_cells(table).directions().value)
