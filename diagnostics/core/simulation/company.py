"""One made-up company: its people, and the waves they answer."""

from dataclasses import dataclass

import numpy as np
from scipy.special import expit, logit

from diagnostics.core.arrays import Codes, Flags, Floats
from diagnostics.core.estimate.answers import Answers
from diagnostics.core.simulation.items import GROUP_SD, ITEMS, PERSON_SD, answer, expected

_OPTIONS, _LARGE = 5, 40


@dataclass(frozen=True)
class Design:
    """A kind of company. Shares are 0..1."""

    # How many groups there are.
    groups: int = 12
    # Of each group.
    people: int = 15
    # The share of people who answer.
    response: float = 0.6
    # Multiplies the differences between groups.
    spread: float = 1.0
    # Whether a few groups stand out upwards.
    skewed: bool = False
    # By how much the log odds of answering fall with one standard deviation of unhappiness.
    silence: float = 0.0
    # The share of people who are replaced from one wave to the next.
    turnover: float = 0.0
    # The share who change groups.
    moves: float = 0.0
    # The share of people who tick one option throughout.
    careless: float = 0.0
    # How many of ITEMS are other items in each wave.
    rotating: int = 0
    # How many groups, the last ones, have 40 people instead.
    large: int = 0

    @property
    def headcounts(self) -> Codes:
        return np.array([self.people] * (self.groups - self.large) + [_LARGE] * self.large)


@dataclass(frozen=True, eq=False)
class SimulatedWave:
    """What one made-up company answers in one wave."""

    # As scored.
    answers: Answers
    # The mean (groups,) of the true scores of all members, whether they answered or not, 0..100.
    truth: Floats


class Company:
    """A company whose people have traits (groups, places), of which `there` are taken; they change between waves."""

    def __init__(self, rng: np.random.Generator, design: Design) -> None:
        self.rng, self.design = rng, design
        self.there = np.arange(design.headcounts.max()) < design.headcounts[:, None]
        between = rng.normal(size=design.groups)
        if design.skewed:
            # An exponential with the same standard deviation: most groups a little below, few far above.
            between = rng.exponential(size=design.groups) - 1
        self.group_traits = GROUP_SD * design.spread * between
        self.people = PERSON_SD * rng.normal(size=self.there.shape)

    @property
    def traits(self) -> Floats:
        return self.group_traits[:, None] + self.people

    def truth(self) -> Floats:
        means: Floats = (expected(self.traits) * self.there).sum(axis=1) / self.design.headcounts
        return means

    def put(self, group: int, score: float) -> None:
        """Move a group until the mean of its members' true scores is `score` (5..95), by bisection."""
        low, high = -8.0, 8.0
        for _ in range(40):
            middle = (low + high) / 2
            above = expected(middle + self.people[group][self.there[group]]).mean() > score
            low, high = (low, middle) if above else (middle, high)
        self.group_traits[group] = low

    def wave(self) -> SimulatedWave:
        """What is answered now; the people then change for the next wave."""
        truth, traits = self.truth(), self.traits[self.there]
        answering = self.draw_answering(traits)
        values = answer(self.rng, traits[answering], self._difficulty())
        careless = self.rng.random(len(values)) < self.design.careless
        line = 100.0 / (_OPTIONS - 1) * self.rng.integers(0, _OPTIONS, size=len(values))
        values[careless] = line[careless, None]
        headcounts = self.design.headcounts
        groups = np.repeat(np.arange(self.design.groups), headcounts)[answering]
        self._change_people()
        return SimulatedWave(Answers(values, groups, headcounts, self.design.groups), truth)

    def draw_answering(self, traits: Floats) -> Flags:
        """Draws who answers, of the people with these traits; the unhappy answer less often by `silence`."""
        design = self.design
        if design.response >= 1:
            return np.ones(len(traits), dtype=bool)
        unhappy = (traits - traits.mean()) / PERSON_SD
        chance = expit(logit(design.response) - design.silence * unhappy)
        # The slope alone would also lower or raise the response of the whole.
        chance = np.minimum(chance * design.response / chance.mean(), 1.0)
        flags: Flags = self.rng.random(len(traits)) < chance
        return flags

    def _difficulty(self) -> Floats | None:
        if not self.design.rotating:
            return None
        difficulty = np.zeros(ITEMS)
        difficulty[: self.design.rotating] = self.rng.normal(0, 0.5, size=self.design.rotating)
        return difficulty

    def _change_people(self) -> None:
        leaving = self.rng.random(self.people.shape) < self.design.turnover
        self.people[leaving] = PERSON_SD * self.rng.normal(size=int(leaving.sum()))
        moving = np.nonzero(self.there & (self.rng.random(self.people.shape) < self.design.moves))
        # People who move take their own part along and leave the department's behind.
        self.people[moving] = self.rng.permutation(self.people[moving])
