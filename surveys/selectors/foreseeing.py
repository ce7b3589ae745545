"""What a survey that is not saved yet would find at its next opening: whom other waves ask in the same period."""

import datetime as dt
import hashlib
from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Q

from surveys.choices import NOT_OPEN_YET
from surveys.models import Survey, Wave
from surveys.schedule import periods
from surveys.selectors.asking import (
    PeopleLeftOut,
    asked_too_recently,
    count_by_department,
    free_from,
    left_out,
    people_of,
)
from surveys.selectors.people import read_departments


@dataclass(frozen=True)
class Foreseen:
    """Who would be asked less than HR expects."""

    # Whom the survey's next wave would leave out.
    left_out: tuple[PeopleLeftOut, ...]
    # Whom waves of other surveys, planned for later, would leave out because of it; `survey` and `day` are theirs.
    taken: tuple[PeopleLeftOut, ...]

    @property
    def people(self) -> int:
        """How many the next wave would leave out."""
        return sum(row.people for row in self.left_out)

    @property
    def fingerprint(self) -> str:
        """The same for the same content; empty where there is nothing to tell."""
        rows = (self.left_out, self.taken)
        return hashlib.sha256(repr(rows).encode()).hexdigest() if any(rows) else ""


def foresee(survey: Survey, departments: Collection[int], opens_at: dt.datetime) -> Foreseen:
    """For a survey with this audience (none: everybody) whose next wave opens then. It need not be saved."""
    tree = read_departments().tree
    day, period = periods.day_of(Wave(survey=survey, opens_at=opens_at)), periods.period_of(survey.cadence)
    people = people_of(departments, tree)
    before = list(left_out(people, day, period))
    free = people.exclude(asked_too_recently(day, period))
    taken: list[PeopleLeftOut] = []
    for wave in _other_waves(survey):
        other_day, other_period = periods.day_of(wave), periods.period_of(wave.survey.cadence)
        if abs((other_day - day).days) >= periods.least_days_apart(period, other_period):
            continue
        reached = people_of(wave.survey.audience.values_list("id", flat=True), tree).values("department")
        counts = count_by_department(free, set(reached.values_list("department", flat=True)))
        first = min(day, other_day)
        row = PeopleLeftOut(wave.survey.name, other_day, free_from(first, period, other_period), counts, planned=True)
        if counts:
            (before if wave.opens_at <= opens_at else taken).append(row)
    return Foreseen(tuple(before), tuple(taken))


def _other_waves(survey: Survey) -> list[Wave]:
    mine = Q(survey=survey.pk) if survey.pk else Q(pk__in=())
    planned = Wave.objects.filter(state__in=NOT_OPEN_YET, survey__paused=False).exclude(mine)
    return list(planned.select_related("survey").defer("questionnaire").order_by("opens_at", "id"))
