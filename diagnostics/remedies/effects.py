"""The effect of remedies, from what the waves before and after have published."""

import datetime as dt
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils import timezone

from diagnostics.choices import COMPANY_KEY, GroupKind, RemedyState, Status, TooEarly
from diagnostics.core.estimate.effect import Change, Effect, EffectVerdict, effect
from diagnostics.models import Remedy, Score
from diagnostics.models.score import INDEX
from diagnostics.wording.effects import VERDICTS, early_sentence, effect_sentences
from surveys.models import Wave

# The time that the questions ask about must lie after the start; what is later than a year has other causes. Judgment.
LAG, REACH = dt.timedelta(weeks=4), dt.timedelta(days=365)


@dataclass(frozen=True)
class MeasuredEffect:
    """What is known of a remedy on one side."""

    # TOO_EARLY also where there is a reason, or no effect.
    verdict: EffectVerdict
    # The name of the side.
    name: str
    # Why it is too early; None where the change can be shown, even where its effect cannot.
    reason: TooEarly | None = None
    # The wave that the reason is about; None where it is about none.
    wave_number: int | None = None
    # The change of the index; None where there is a reason.
    change: Change | None = None
    # The effect itself; None where too few other departments are comparable.
    effect: Effect | None = None

    @property
    def label(self) -> str:
        return VERDICTS[self.verdict]

    @property
    def words(self) -> str:
        """The whole of it in sentences."""
        if self.reason is not None:
            return early_sentence(self.reason, self.name, self.wave_number)
        return effect_sentences(self.change, self.effect) if self.change else ""


@dataclass(frozen=True)
class RemedySide:
    """One of the two sides that carry out a remedy."""

    # The key of its group.
    key: str
    # The name of its group.
    name: str
    # The ids of its departments.
    departments: frozenset[int]


def sides(remedy: Remedy) -> tuple[RemedySide, ...]:
    """One or two: the company as a whole is compared with nobody."""
    both = (
        RemedySide(remedy.first_key, remedy.first_name, frozenset(remedy.first_departments)),
        RemedySide(remedy.second_key, remedy.second_name, frozenset(remedy.second_departments)),
    )
    return both if remedy.second_key != COMPANY_KEY else both[:1]


class Effects:
    """Measures several remedies. Three queries.

    It is the same for all readers: a side is compared with all departments that a wave has published, without naming
    them. The caller decides who may see which side.
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
            return MeasuredEffect(EffectVerdict.TOO_EARLY, side.name, TooEarly.NO_WAVE_BEFORE)
        if after is None:
            return MeasuredEffect(EffectVerdict.TOO_EARLY, side.name, TooEarly.NO_WAVE_AFTER)
        for wave in (before, after):
            score = self.scores.get((wave.id, side.key))
            if score is None:
                return MeasuredEffect(EffectVerdict.TOO_EARLY, side.name, TooEarly.NOT_REPORTED, wave.number)
            if score.status != Status.PUBLISHED:
                return MeasuredEffect(EffectVerdict.TOO_EARLY, side.name, TooEarly.SUPPRESSED, wave.number)
        change = _change(self.scores[before.id, side.key], self.scores[after.id, side.key])
        found = effect(change, self._others(before, after, side))
        verdict = found.verdict if found else EffectVerdict.TOO_EARLY
        return MeasuredEffect(verdict, side.name, change=change, effect=found)

    def _around(self, remedy: Remedy) -> tuple[Wave | None, Wave | None]:
        waves = [wave for wave in self.waves if wave.survey_id == remedy.survey_id]
        before = [wave for wave in waves if _day(wave.closes_at) < remedy.starts_on]
        first, last = remedy.starts_on + LAG, remedy.starts_on + REACH
        after = [wave for wave in waves if first <= _day(wave.opens_at) <= last]
        return before[-1] if before else None, after[-1] if after else None

    def _others(self, before: Wave, after: Wave, side: RemedySide) -> list[Change]:
        """The reporting groups, none of them of this side, that had no remedy from the one wave to the other."""
        treated = side.departments | self._treated(before, after)
        return [
            _change(score, later)
            for (wave, key), score in self.scores.items()
            if wave == before.id
            and (later := self.scores.get((after.id, key)))
            and score.status == later.status == Status.PUBLISHED
            and score.group.kind == GroupKind.GROUP
            and treated.isdisjoint(score.group.departments)
        ]

    def _treated(self, before: Wave, after: Wave) -> set[int]:
        """The departments that had a remedy at some time from the one wave to the other."""
        start, end = _day(before.closes_at), _day(after.closes_at)
        treated: set[int] = set()
        for remedy in self.tried:
            if remedy.survey_id == before.survey_id and remedy.starts_on <= end and (remedy.ends_on or end) >= start:
                treated.update(*(side.departments for side in sides(remedy)))
        return treated


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
        raise ValueError("A suppressed score has no figure to compare.")
    return score.value, score.low, score.high


def _day(moment: dt.datetime) -> dt.date:
    return timezone.localdate(moment)
