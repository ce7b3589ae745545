"""How often somebody hits who knows nothing: exactly, so that a verdict rests on numbers. Pure."""

from collections.abc import Iterable
from functools import lru_cache
from math import comb, perm

CONFIDENCE = 0.95
# Nobody hits so often in one cell by chance: the probability is below 1 / 60!.
_MOST = 60


def expected(draws: Iterable[tuple[int, int]]) -> float:
    """Hits to expect of `draws`: (guesses, rows) of each cell in which the guesser cannot tell the rows apart."""
    return sum(guesses / rows for guesses, rows in draws if rows)


def ceiling(draws: Iterable[tuple[int, int]], *, attacks: int = 1) -> int:
    """The most hits that chance explains: with 95 % probability none of so many blind attacks has more."""
    return _ceiling(tuple(sorted(draws)), attacks)


@lru_cache(maxsize=4096)
def _ceiling(draws: tuple[tuple[int, int], ...], attacks: int) -> int:
    whole = [1.0]
    for guesses, rows in draws:
        if guesses:
            whole = _convolved(whole, hit_probabilities(guesses, rows))
    tail, hits = 0.0, len(whole) - 1
    while hits > 0 and tail + whole[hits] <= (1 - CONFIDENCE) / attacks:
        tail += whole[hits]
        hits -= 1
    return hits


@lru_cache(maxsize=4096)
def hit_probabilities(guesses: int, rows: int) -> list[float]:
    """Of `guesses` different rows among `rows` in random order: how probable 0, 1, 2 ... hits are.

    Montmort's problem of coincidences, for a partial matching: Feller, An Introduction to Probability Theory and Its
    Applications I (1968), chapter IV.4. Guesses that name one row twice vary less, so this band holds for them too.
    """
    if guesses > rows:
        raise ValueError(f"{guesses} different guesses among {rows} rows.")
    return [_exactly(hits, guesses, rows) for hits in range(min(guesses, _MOST) + 1)]


def _exactly(hits: int, guesses: int, rows: int) -> float:
    missed = range(min(guesses - hits, _MOST) + 1)
    signed = ((-1) ** more * comb(guesses - hits, more) / perm(rows, hits + more) for more in missed)
    return max(comb(guesses, hits) * sum(signed), 0.0)


def _convolved(first: list[float], other: list[float]) -> list[float]:
    both = [0.0] * (len(first) + len(other) - 1)
    for place, probability in enumerate(first):
        for further, more in enumerate(other):
            both[place + further] += probability * more
    return both
