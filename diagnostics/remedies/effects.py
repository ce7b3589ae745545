"""The effect of remedies, from what the waves before and after have published, and in words."""

import datetime as dt
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils import timezone

from diagnostics.choices import COMPANY_KEY, GroupKind, RemedyState, Status
from diagnostics.core.disclosure.figures import told
from diagnostics.core.estimate.effect import HELPED, TOO_EARLY, WORSE, Change, Effect, effect
from diagnostics.models import Remedy, Score
from diagnostics.models.score import INDEX
from surveys.models import Wave

# The time that the questions ask about must lie after the start; what is later than a year has other causes. Judgment.
LAG, REACH = dt.timedelta(weeks=4), dt.timedelta(days=365)
_VERDICTS = {
    HELPED: "it has helped",
    WORSE: "things have got worse than without it",
    TOO_EARLY: "too early to tell",
}


@dataclass(frozen=True)
class MeasuredEffect:
    """The effect on one side: `verdict` is one of core.effect, `words` the whole of it in sentences."""

    verdict: str
    words: str

    @property
    def label(self) -> str:
        return _VERDICTS[self.verdict]


@dataclass(frozen=True)
class RemedySide:
    key: str
    name: str
    departments: frozenset[int]


def sides(remedy: Remedy) -> tuple[RemedySide, ...]:
    """One or two: the company as a whole is compared with nobody."""
    both = (
        RemedySide(remedy.first_key, remedy.first_name, frozenset(remedy.first_departments)),
        RemedySide(remedy.second_key, remedy.second_name, frozenset(remedy.second_departments)),
    )
    return both if remedy.second_key != COMPANY_KEY else both[:1]


class Effects:
    """Of several remedies. Three queries.

    The same for all readers: it is compared with all departments that a wave has published, and told without their
    names. Who may see which side is for the caller to say.
    """

    def __init__(self, remedies: Sequence[Remedy]) -> None:
        surveys = {remedy.survey_id for remedy in remedies}
        # What was only planned has changed nothing; what was dropped may have.
        self.tried = list(Remedy.objects.filter(survey__in=surveys).exclude(state=RemedyState.PLANNED))
        self.waves = _scored_waves(surveys)
        needed = {wave.id for remedy in remedies for wave in self._around(remedy) if wave}
        self.scores = _indexes(needed)

    def of(self, remedy: Remedy, side: RemedySide) -> MeasuredEffect:
        before, after = self._around(remedy)
        if before is None:
            return _early("no wave had closed before the remedy began")
        if after is None:
            return _early("no wave is scored yet that opened from four weeks to a year after the remedy began")
        for wave in (before, after):
            score = self.scores.get((wave.id, side.key))
            if score is None:
                return _early(f"{side.name} was not counted by itself in wave {wave.number}")
            if score.status != Status.PUBLISHED:
                return _early(f"the index of {side.name} is hidden in wave {wave.number} to protect anonymity")
        treated = _change(self.scores[before.id, side.key], self.scores[after.id, side.key])
        return _measured(treated, effect(treated, self._others(before, after, side)))

    def _around(self, remedy: Remedy) -> tuple[Wave | None, Wave | None]:
        waves = [wave for wave in self.waves if wave.survey_id == remedy.survey_id]
        before = [wave for wave in waves if _day(wave.closes_at) < remedy.starts_on]
        first, last = remedy.starts_on + LAG, remedy.starts_on + REACH
        after = [wave for wave in waves if first <= _day(wave.opens_at) <= last]
        return before[-1] if before else None, after[-1] if after else None

    def _others(self, before: Wave, after: Wave, side: RemedySide) -> list[Change]:
        """The reporting groups, none of them of this side, that had no remedy from the one wave to the other."""
        start, end = _day(before.closes_at), _day(after.closes_at)
        treated = set(side.departments)
        for remedy in self.tried:
            if remedy.survey_id == before.survey_id and remedy.starts_on <= end and (remedy.ends_on or end) >= start:
                treated |= {department for side in sides(remedy) for department in side.departments}
        return [
            _change(score, later)
            for (wave, key), score in self.scores.items()
            if wave == before.id
            and (later := self.scores.get((after.id, key)))
            and score.status == later.status == Status.PUBLISHED
            and score.group.kind == GroupKind.GROUP
            and treated.isdisjoint(score.group.departments)
        ]


def _scored_waves(surveys: Iterable[int]) -> list[Wave]:
    found = Wave.objects.filter(survey__in=surveys, snapshot__isnull=False).order_by("number")
    return list(found.only("id", "survey_id", "number", "opens_at", "closes_at"))


def _indexes(waves: Iterable[uuid.UUID]) -> Mapping[tuple[uuid.UUID, str], Score]:
    scores = Score.objects.filter(measure=INDEX, group__snapshot__wave__in=waves).select_related("group__snapshot")
    return {(score.group.snapshot.wave_id, score.group.key): score for score in scores}


def _change(before: Score, after: Score) -> Change:
    return Change(_figure(before), _figure(after))


def _figure(score: Score) -> tuple[float, float, float]:
    if score.value is None or score.low is None or score.high is None:
        raise ValueError("A hidden score has no figure to compare.")
    return score.value, score.low, score.high


def _day(moment: dt.datetime) -> dt.date:
    return timezone.localdate(moment)


def _early(why: str) -> MeasuredEffect:
    return MeasuredEffect(TOO_EARLY, f"Too early to tell: {why}.")


def _measured(treated: Change, found: Effect | None) -> MeasuredEffect:
    moved = moved_words(treated.points, *treated.interval)
    start = f"Index {told(round(treated.before[0]))} → {told(round(treated.after[0]))} ({moved})."
    if found is None:
        few = "Too few others stood alike and had no remedy, so there is nothing to compare it with: too early to tell."
        return MeasuredEffect(TOO_EARLY, f"{start} {few}")
    others = moved_words(found.expected)
    own = moved_words(found.own, found.low, found.high)
    return MeasuredEffect(
        found.verdict,
        f"{start} {found.alike} departments that stood alike and had no remedy: {others}. "
        f"So the remedy’s own part is {own}: {_VERDICTS[found.verdict]}.",
    )


def moved_words(points: float, low: float | None = None, high: float | None = None) -> str:
    """“down 8, likely 2 to 14”: in the direction of the change; “down 3, likely up 4 to down 10” else."""
    down = round(points) < 0
    words = f"{'down' if down else 'up'} {abs(round(points))}" if round(points) else "unchanged"
    if low is None or high is None:
        return words
    near, far = (round(-high), round(-low)) if down else (round(low), round(high))
    if near >= 0:
        return f"{words}, likely {near} to {far}"
    back, on = ("up", "down") if down else ("down", "up")
    return f"{words}, likely {back} {-near} to {on} {far}"
