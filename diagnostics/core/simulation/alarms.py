"""How soon a department that is at risk or rises is found, and how often one is found where nothing happened."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np

from diagnostics.core.arrays import Flags
from diagnostics.core.simulation.accuracy import Estimator, Share, as_published, ratio_error
from diagnostics.core.simulation.company import Company, Design
from diagnostics.core.simulation.history import INDEX, History, Move, history


@dataclass(frozen=True)
class Trial:
    """One condition: companies of a design over several waves, with what happens to some of their groups."""

    # What the companies look like.
    design: Design
    # What changes in them.
    moves: tuple[Move, ...] = ()
    # How many waves there are.
    waves: int = 8
    # Whether the signs are followed beside the index.
    signs: bool = True

    def histories(self, seed: int, companies: int, estimator: Estimator = as_published) -> Iterator[History]:
        rng = np.random.default_rng(seed)
        for _ in range(companies):
            company = Company(rng, self.design)
            yield history(company, self.moves, waves=self.waves, signs=self.signs, estimator=estimator)


@dataclass(frozen=True)
class FalseAlarms:
    """Shares of department-waves without any change, from the third wave on, in which an alert appeared."""

    # A change alert of the index on watch.
    watch: Share
    # A change alert of the index, confirmed.
    confirmed: Share
    # A level alert of the index.
    level: Share
    # A change alert on watch, of the index or any of its signs.
    any_watch: Share
    # A confirmed one, likewise.
    any_confirmed: Share


# Waves are compared once two have been published.
_FIRST_TESTED = 2


def detected(histories: Iterable[History], trial: Trial, *, level: bool, within: tuple[int, ...]) -> list[Share]:
    """Moved groups that were found in the first n waves since the move, suppressed ones too, for each n of `within`.

    By the level alert of the index, or else by a watch: on the index, or on a sign where the trial follows signs.
    """
    places = [(move.at - 1, group) for move in trial.moves for group in move.groups]
    # (companies, places, waves since the move)
    found: Flags = np.array([_since(_hits(past, level=level), places, max(within)) for past in histories])
    totals = (len(places),) * len(found)
    return [Share(tuple(found[:, :, :n].any(axis=2).sum(axis=1).tolist()), totals) for n in within]


def _since(hits: Flags, places: list[tuple[int, int]], waves: int) -> list[Flags]:
    return [hits[start : start + waves, group] for start, group in places]


def _hits(past: History, *, level: bool) -> Flags:
    hits: Flags = np.any(past.level[:, :, [INDEX]] if level else past.watch, axis=2)
    return hits


def false_alarms(histories: Iterable[History], groups: list[int]) -> FalseAlarms:
    """Of these groups, of which nothing is to be found."""
    sums: dict[str, Share] = {}
    for past in histories:
        tested: Flags = past.reported[_FIRST_TESTED:, groups]
        watch: Flags = past.watch[_FIRST_TESTED:, groups]
        confirmed: Flags = past.confirmed[_FIRST_TESTED:, groups]
        flags: dict[str, Flags] = {
            "watch": watch[:, :, INDEX],
            "confirmed": confirmed[:, :, INDEX],
            "level": past.level[_FIRST_TESTED:, groups, INDEX],
            "any_watch": np.asarray(watch.any(axis=2)),
            "any_confirmed": np.asarray(confirmed.any(axis=2)),
        }
        for name, flag in flags.items():
            sums[name] = sums.get(name, Share((), ())) + Share((int(flag[tested].sum()),), (int(tested.sum()),))
    return FalseAlarms(**sums)


def false_discovery_rate(histories: Iterable[History], trial: Trial) -> tuple[float, float]:
    """The mean share of false ones among the changes that a wave since the move shows, with its standard error.

    A wave that shows none counts as 0, as Benjamini and Hochberg define the rate. The error is that of the mean over
    companies: what is ongoing in one wave is so in the next, so that the waves of one are not independent.
    """
    calm = np.ones(trial.design.groups, dtype=bool)
    calm[[group for move in trial.moves for group in move.groups]] = False
    since = min(move.at for move in trial.moves) - 1
    shares = np.array([[wave[calm].sum() / max(wave.sum(), 1) for wave in past.shown[since:]] for past in histories])
    return float(shares.mean()), ratio_error(shares.sum(axis=1), np.full(*shares.shape))
