"""Over several waves: the person who was there in just the waves in which a profile was there wrote it. Pure.

People answer alike from wave to wave. Where it is known who took part in which wave, an answer of the last wave can be
followed back through the others, and the pattern of where it is found be compared with that of each person.
"""

from collections.abc import Mapping, Sequence
from functools import lru_cache

from surveys.rules.limits import MISSING


def match(presence: Mapping[str, Sequence[bool]], waves: Sequence[Mapping[str, bytes]]) -> dict[str, str]:
    """Each person's answer in the last wave, as a guess; within one group.

    `presence` tells for each person whether they answered in each of `waves`; a wave has its answers by row.
    A person who was not there in the last wave gets no guess, and no answer is guessed twice.
    """
    there = [person for person, waves_there in presence.items() if waves_there[-1]]
    traces = {row: _trace(answers, waves[:-1]) for row, answers in waves[-1].items()}
    fits = sorted(
        ((-_fit(presence[person][:-1], trace), row, person) for person in there for row, trace in traces.items())
    )
    guess: dict[str, str] = {}
    taken: set[str] = set()
    for _, row, person in fits:
        if person not in guess and row not in taken:
            guess[person] = row
            taken.add(row)
    return guess


def _trace(answers: bytes, earlier: Sequence[Mapping[str, bytes]]) -> list[float]:
    """How far the nearest answers of each earlier wave are, against their mean: below 0 is near."""
    nearest = [min((_distance(answers, other) for other in wave.values()), default=0.0) for wave in earlier]
    mean = sum(nearest) / len(nearest) if nearest else 0.0
    return [distance - mean for distance in nearest]


def _fit(waves_there: Sequence[bool], trace: Sequence[float]) -> float:
    return sum(-far if there else far for there, far in zip(waves_there, trace, strict=True))


@lru_cache(maxsize=2**16)
def _distance(first: bytes, second: bytes) -> float:
    given = [abs(a - b) for a, b in zip(first, second, strict=True) if MISSING not in (a, b)]
    return sum(given) / len(given) if given else 0.0
