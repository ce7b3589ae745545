"""From stored bytes to how sure a wave's figures are. Only groups that publish a figure have a part in these."""

from collections.abc import Collection, Mapping, Sequence

import numpy as np

from diagnostics.core.alerts.level import Thresholds
from diagnostics.core.arrays import Bytes, Codes, Flags, Floats, Scores
from diagnostics.core.disclosure.display import whole
from diagnostics.core.estimate.answers import decode
from diagnostics.core.estimate.groups import group_stats
from diagnostics.core.estimate.index import Posterior, estimate
from diagnostics.core.estimate.reliability import cronbach_alpha, pooled_within_covariance, reliability
from diagnostics.core.estimate.scales import CORE_SCALES_NEEDED, careless, person_index, scale_scores
from diagnostics.core.estimate.shares import wilson
from diagnostics.core.quality.agreement import (
    Coefficient,
    alpha_interval,
    averaged,
    icc1,
    icc2,
    rwg_j,
    uniform_variance,
)
from diagnostics.core.quality.sensitivity import sensitivity
from diagnostics.models.score import INDEX
from diagnostics.scoring.key import Scale
from diagnostics.scoring.measures import Material, headcounts, matrix
from diagnostics.scoring.method import LEAST_GROUPS, Careless, LeftOut, MethodFigures, Rank, Reliability, Sure
from diagnostics.scoring.power import power_table

# Of two signs the index without one would be the other.
_LEAST_SIGNS = 3
# By measure, the places of the reporting groups that publish it.
Published = Mapping[str, Collection[int]]


def examine(
    material: Material, published: Published, *, min_group_size: int, company_index: int | None, thresholds: Thresholds
) -> MethodFigures:
    """`company_index` is the published index of the company, None where it is hidden."""
    wave = _Wave(material)
    rows = tuple(wave.reliability(measure, columns, published[measure]) for measure, columns in wave.core.items())
    ranks, left_out = wave.ranking(published)
    return MethodFigures(
        reliability=rows,
        careless=None if company_index is None else wave.careless(min_group_size, company_index),
        ranks=ranks,
        left_out=left_out,
        power=power_table(wave.stats, wave.rho, wave.sizes, min_group_size, len(wave.core), thresholds)
        if wave.scored
        else (),
        tests=len(wave.core) * wave.count,
        level=thresholds.level,
    )


class _Wave:
    """The answers of a wave; `core` has the columns of the index and of each sign that it is made of."""

    def __init__(self, material: Material) -> None:
        scoring_key = material.scoring_key
        raw, self.codes = matrix(material)
        self.raw: Bytes = raw[:, : len(scoring_key.option_values)]
        self.values = decode(self.raw, scoring_key.option_values)
        self.people, self.count = headcounts(material.groups), len(material.groups)
        self.signs = scoring_key.core
        self.null = [uniform_variance(options) for options in scoring_key.option_values]
        self.core: dict[str, list[int]] = {}
        if self.signs:
            self.core[INDEX] = [column for sign in self.signs for column in sign.columns]
            self.core |= {sign.code: list(sign.columns) for sign in self.signs}
            self.scores = self.index_of(self.signs, missing=len(self.signs) - self.needed)
        self.scored = bool(self.signs) and not bool(np.isnan(self.scores).all())
        if self.scored:
            self.rho = self.rho_of(self.core[INDEX])
            self.stats = group_stats(self.scores, self.codes, self.count, self.people)
            self.sizes = self.people if self.people is not None else self.stats.n

    @property
    def needed(self) -> int:
        return min(CORE_SCALES_NEEDED, len(self.signs))

    def index_of(self, signs: Sequence[Scale], *, missing: int) -> Floats:
        return person_index([scale_scores(self.values, sign.columns) for sign in signs], minimum=len(signs) - missing)

    def rho_of(self, columns: Sequence[int], kept: Flags | None = None) -> float:
        rows = slice(None) if kept is None else kept
        return reliability(self.values[rows][:, list(columns)], self.codes[rows], self.count)

    def reliability(self, measure: str, columns: Sequence[int], places: Collection[int]) -> Reliability:
        kept = np.isin(self.codes, list(places))
        scores = self.scores if measure == INDEX else scale_scores(self.values, columns)
        if len(places) < LEAST_GROUPS or np.isnan(scores[kept]).all():
            return Reliability(measure, len(places), None, None, None, None)
        values, codes, count = self.values[kept][:, list(columns)], self.codes[kept], self.count
        stats = group_stats(scores[kept], codes, count, None)
        alpha = cronbach_alpha(pooled_within_covariance(values, codes, count)) if len(columns) > 1 else float("nan")
        freedom = int((stats.n - 1).sum())
        agreement = rwg_j(*_varied(values, [self.null[column] for column in columns], codes, count))
        return Reliability(
            measure=measure,
            groups=len(places),
            alpha=_sure(alpha_interval(alpha, len(columns), freedom)),
            icc1=_sure(icc1(stats)),
            icc2=_sure(icc2(stats)),
            rwg=_sure(averaged(agreement)),
        )

    def careless(self, min_group_size: int, company_index: int) -> Careless | None:
        if not self.scored:
            return None
        marked = careless(self.raw, self.values)
        count, total = int(marked.sum()), len(marked)
        if min(count, total - count) < min_group_size or np.isnan(self.scores[~marked]).all():
            return None
        rest = group_stats(self.scores[~marked], self.codes[~marked], self.count, self.people)
        posterior = estimate(rest, rho=self.rho_of(self.core[INDEX], ~marked))
        without = posterior.combine(rest.weights(np.ones((1, self.count), dtype=bool))).index[0]
        low, high = wilson(np.array([count]), np.array([total]))
        percent, least, most = (round(100 * float(share)) for share in (count / total, low[0], high[0]))
        return Careless(percent, least, most, with_them=company_index, without_them=whole(float(without)))

    def ranking(self, published: Published) -> tuple[tuple[Rank, ...], tuple[LeftOut, ...]]:
        """Of the groups that publish everything: their index without a sign is known from what is published already."""
        places = sorted(set.intersection(*(set(published[one]) for one in self.core))) if self.core else []
        if len(places) < LEAST_GROUPS or len(self.signs) < _LEAST_SIGNS:
            return (), ()
        whole_index = self._index(self.stats.codes, estimate(self.stats, rho=self.rho))[places]
        without = [self._without(sign)[places] for sign in self.signs]
        found = sensitivity(whole_index, without)
        ranks = zip(places, found.rank.tolist(), found.best.tolist(), found.worst.tolist(), strict=True)
        taus = zip(self.signs, found.tau.tolist(), strict=True)
        return (
            tuple(Rank(str(place), *one) for place, *one in sorted(ranks, key=lambda row: row[1:])),
            tuple(LeftOut(sign.code, None if np.isnan(tau) else round(tau, 2)) for sign, tau in taus),
        )

    def _without(self, sign: Scale) -> Floats:
        """The index (groups,) of the same people from the other signs."""
        others = [other for other in self.signs if other is not sign]
        scores = self.index_of(others, missing=len(self.signs) - self.needed)
        scores[np.isnan(self.scores)] = np.nan
        stats = group_stats(scores, self.codes, self.count, self.people)
        columns = [column for other in others for column in other.columns]
        return self._index(stats.codes, estimate(stats, rho=self.rho_of(columns)))

    def _index(self, codes: Codes, posterior: Posterior) -> Floats:
        index = np.full(self.count, np.nan)
        index[codes] = posterior.index
        return index


def _varied(
    values: Scores, null: Sequence[float], codes: Codes, count: int
) -> tuple[Scores, Codes, int, Sequence[float]]:
    """Without items of which there is only one option to choose."""
    kept = [place for place, variance in enumerate(null) if variance > 0]
    return values[:, kept], codes, count, [null[place] for place in kept]


def _sure(figure: Coefficient) -> Sure | None:
    if np.isnan([figure.value, figure.low, figure.high]).any():
        return None
    return Sure(*(round(one, 2) for one in (figure.value, figure.low, figure.high)))
