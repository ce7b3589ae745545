"""How sure a wave's figures are, computed from what it publishes."""

from collections.abc import Collection, Mapping, Sequence

import numpy as np

from diagnostics.choices import COMPANY_KEY, GroupKind
from diagnostics.core.alerts.thresholds import Thresholds
from diagnostics.core.arrays import Codes, Floats, Scores
from diagnostics.core.disclosure.shares import Sides, published_share, rule_against_share
from diagnostics.core.estimate.answers import careless
from diagnostics.core.estimate.groups import cronbach_alpha, group_stats, pooled_within_covariance
from diagnostics.core.estimate.nonresponse import response_of
from diagnostics.core.quality.coefficients import (
    Coefficient,
    alpha_interval,
    averaged,
    icc1,
    icc2,
    rwg_j,
    sensitivity,
    uniform_variance,
)
from diagnostics.core.quality.power import change_power, level_power, spread
from diagnostics.models.score import INDEX
from diagnostics.scoring.disclosing import WaveFigures
from diagnostics.scoring.key import Scale
from diagnostics.scoring.method import (
    LEAST_GROUPS,
    LEVELS,
    RISES,
    Careless,
    LeftOut,
    MethodFigures,
    NotedCoefficient,
    Power,
    Rank,
    Reliability,
)
from diagnostics.scoring.wave import DecodedWave, ScaleEstimate
from surveys.rules.rounding import Band, band_of, whole

# Of two signs the index without one would be the other.
_LEAST_SIGNS = 3
# Departments from each of these sizes up to the next have one row.
_STEPS = (0, 10, 15, 25, 50, 100, 200, 500)
# By measure, the places of the reporting groups that publish it.
_Published = Mapping[str, Collection[int]]


def examine(wave: DecodedWave, figures: WaveFigures) -> MethodFigures:
    """How sure the figures of a wave are. Only groups that publish a figure have a part in it."""
    groups = [node for node in figures.nodes if node.kind == GroupKind.GROUP]
    published = {
        measure: [node.groups[0] for node in groups if figures.published(measure, node)]
        for measure in wave.core_measures
    }
    ranks, left_out = _ranking(wave, published, {node.groups[0]: node.key for node in groups})
    return MethodFigures(
        reliability=tuple(_reliability(wave, measure, published[measure]) for measure in wave.core_measures),
        careless=_careless(wave, figures),
        ranks=ranks,
        left_out=left_out,
        power=_power(wave, figures),
        tests=len(wave.core_measures) * wave.answers.n_groups,
        level=wave.thresholds.level,
    )


def _power(wave: DecodedWave, figures: WaveFigures) -> tuple[Power, ...]:
    index = _index(wave)
    if index is None:
        return ()
    headcounts = wave.answers.headcounts
    return power_table(
        index,
        band_counts(index.stats.n, None, min_group_size=wave.min_group_size) if headcounts is None else headcounts,
        band=figures.computed.tables[INDEX][COMPANY_KEY].band,
        measures=len(wave.core_measures),
        min_group_size=wave.min_group_size,
        thresholds=wave.thresholds,
    )


def power_table(  # noqa: PLR0913 - all but the first two are named where it is called
    index: ScaleEstimate, people: Codes, *, band: Band, measures: int, min_group_size: int, thresholds: Thresholds
) -> tuple[Power, ...]:
    """A row for each step of size that has departments; of those too small for a figure at this response, none.

    `people` are the headcounts of all groups; where these are unknown, the respondents of each, as they are published.
    All counts of answers are those of their bands, that of the company is `band`: the exact response would follow from
    how many answer of each size.
    """
    stats = index.stats
    known = stats.headcounts is not None
    response = float(response_of([band], [int(people.sum())])[0]) if known else 1.0
    answers = band_counts(stats.n, stats.headcounts, min_group_size=min_group_size)
    within, pooled = stats.within_variance or 0.0, int((answers - 1).sum())
    step = np.digitize(people, _STEPS)
    rows = []
    for place in np.unique(step):
        sizes = np.sort(people[step == place])
        middle = int(sizes[(len(sizes) - 1) // 2])
        answering = round(response * middle)
        level: tuple[int, ...] = ()
        change: tuple[int, ...] = ()
        if answering >= min_group_size and within > 0:
            size = middle if known else None
            found = spread(within_variance=within, pooled=pooled, rho=index.rho, people=size, answering=answering)
            above = level_power(thresholds.level + np.array(LEVELS), found, index.posterior, thresholds).tolist()
            risen = [change_power(by, found, len(people), measures, thresholds) for by in RISES]
            level, change = (tuple(round(100 * chance) for chance in chances) for chances in (above, risen))
        rows.append(Power(middle if known else None, len(sizes), answering, level, change))
    return tuple(rows)


def band_counts(answers: Codes, people: Codes | None, *, min_group_size: int) -> Codes:
    """The middles of the bands that counts are published in, 1 at least; `people` None where that is not known.

    What is computed of these says no more of a count than its band does.
    """
    asked = [None] * len(answers) if people is None else people.tolist()
    bands = [
        band_of(count, of, min_group_size=min_group_size) for count, of in zip(answers.tolist(), asked, strict=True)
    ]
    return np.array([max(sum(band) // 2, 1) for band in bands], dtype=np.int64)


def _index(wave: DecodedWave) -> ScaleEstimate | None:
    return wave.estimate(INDEX) if wave.core_measures else None


def _reliability(wave: DecodedWave, measure: str, places: Collection[int]) -> Reliability:
    columns, count = wave.columns(measure), wave.answers.n_groups
    kept = np.isin(wave.answers.groups, list(places))
    scores = wave.scores(measure)[kept]
    if len(places) < LEAST_GROUPS or np.isnan(scores).all():
        return Reliability(measure, len(places), None, None, None, None)
    values, codes = wave.answers.values[kept][:, columns], wave.answers.groups[kept]
    stats = group_stats(scores, codes, count, None)
    alpha = cronbach_alpha(pooled_within_covariance(values, codes, count)) if len(columns) > 1 else float("nan")
    headcounts = wave.answers.headcounts
    asked = None if headcounts is None else headcounts[stats.codes]
    people = int(band_counts(stats.n, asked, min_group_size=wave.min_group_size).sum())
    null = [uniform_variance(wave.scoring_key.option_values[column]) for column in columns]
    return Reliability(
        measure=measure,
        groups=len(places),
        alpha=_rounded(alpha_interval(alpha, len(columns), people - len(stats.n))),
        icc1=_rounded(icc1(stats, people=people)),
        icc2=_rounded(icc2(stats, people=people)),
        rwg=_rounded(averaged(rwg_j(*_varied(values, null, codes, count)))),
    )


def _careless(wave: DecodedWave, figures: WaveFigures) -> Careless | None:
    """None where the company's index is suppressed, or the careless or the others may be too few to be spoken of."""
    company = next(node for node in figures.nodes if node.kind == GroupKind.COMPANY)
    published = figures.published(INDEX, company)
    if published is None:
        return None
    marked = careless(wave.items, wave.answers.values)
    count, total = int(marked.sum()), len(marked)
    band, sides = figures.computed.bands[company.key], Sides(wave.min_group_size, wave.min_group_size)
    if rule_against_share(count, total, band, sides):
        return None
    rest = wave.estimate_scores(wave.scores(INDEX), wave.columns(INDEX), ~marked)
    if rest is None:
        return None
    everybody = rest.stats.weights(np.ones((1, wave.answers.n_groups), dtype=bool))
    without = float(rest.posterior.combine(everybody).index[0])
    share = published_share(count, total, band)
    return Careless(
        percent=share.percent,
        low=whole(share.low),
        high=whole(share.high),
        with_them=whole(published.value),
        without_them=whole(without),
    )


def _ranking(
    wave: DecodedWave, published: _Published, keys: Mapping[int, str]
) -> tuple[tuple[Rank, ...], tuple[LeftOut, ...]]:
    """Of the groups that publish everything: their index without a sign is known from what is published already."""
    signs = wave.scoring_key.core
    places = sorted(set.intersection(*map(set, published.values()))) if published else []
    index = _index(wave)
    if index is None or len(places) < LEAST_GROUPS or len(signs) < _LEAST_SIGNS:
        return (), ()
    without = [_index_by_group(wave, _without(wave, sign))[places] for sign in signs]
    found = sensitivity(_index_by_group(wave, index)[places], without)
    ranks = zip(places, found.rank.tolist(), found.best.tolist(), found.worst.tolist(), strict=True)
    taus = zip(signs, found.tau.tolist(), strict=True)
    return (
        tuple(Rank(keys[place], *row) for place, *row in sorted(ranks, key=lambda row: row[1:])),
        tuple(LeftOut(sign.code, None if np.isnan(tau) else round(tau, 2)) for sign, tau in taus),
    )


def _without(wave: DecodedWave, sign: Scale) -> ScaleEstimate | None:
    """The index of the same people from the other signs."""
    others = [other for other in wave.scoring_key.core if other is not sign]
    scores = wave.index_of(others)
    scores[np.isnan(wave.scores(INDEX))] = np.nan
    return wave.estimate_scores(scores, [column for other in others for column in other.columns])


def _index_by_group(wave: DecodedWave, estimate: ScaleEstimate | None) -> Floats:
    """(groups,), NaN for a group in which nobody has a score."""
    index = np.full(wave.answers.n_groups, np.nan)
    if estimate:
        index[estimate.stats.codes] = estimate.posterior.index
    return index


def _varied(
    values: Scores, null: Sequence[float], codes: Codes, count: int
) -> tuple[Scores, Codes, int, Sequence[float]]:
    """Without items of which there is only one option to choose."""
    kept = [place for place, variance in enumerate(null) if variance > 0]
    return values[:, kept], codes, count, [null[place] for place in kept]


def _rounded(coefficient: Coefficient) -> NotedCoefficient | None:
    ends = (coefficient.value, coefficient.low, coefficient.high)
    return None if np.isnan(ends).any() else NotedCoefficient(*(round(end, 2) for end in ends))
