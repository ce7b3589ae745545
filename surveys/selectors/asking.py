"""Whom a wave asks: its audience, without those who were asked in the same period."""

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from surveys.choices import WaveState
from surveys.models import Employee, LastAsked, ReportingGroup, Survey, Wave
from surveys.roster.tree import DepartmentTree
from surveys.rules.limits import LATE_DAYS
from surveys.schedule import periods
from surveys.schedule.recurrence import start_of
from surveys.selectors.people import read_departments

# Of a wave that was run elsewhere: its survey, its last day, and the departments that may have been asked.
_Imported = tuple[Survey, dt.date, frozenset[int]]


@dataclass(frozen=True)
class PeopleLeftOut:
    """People who are not asked because another wave has asked them, or will, in the same period."""

    # The name of the survey of that wave.
    survey: str
    # The day that the other wave counts as asked on.
    day: dt.date
    # From when on they may be asked.
    free_from: dt.date
    # By name of department, how many.
    departments: tuple[tuple[str, int], ...]
    # Whether the other wave is yet to open.
    planned: bool = False

    @property
    def people(self) -> int:
        """How many in all."""
        return sum(count for _, count in self.departments)


def audience(survey: Survey, tree: DepartmentTree[int]) -> QuerySet[Employee]:
    """The people whom the survey reaches, whenever they were asked last."""
    return people_of(survey.audience.values_list("id", flat=True), tree)


def people_of(departments: Iterable[int], tree: DepartmentTree[int]) -> QuerySet[Employee]:
    """The people who can be asked in these departments and those below them; in none: in all."""
    people, chosen = Employee.objects.filter(active=True, on_leave=False), set(departments)
    return people.filter(department__in=tree.below(chosen)) if chosen else people


def asked_people(wave: Wave, tree: DepartmentTree[int]) -> QuerySet[Employee]:
    """The people whom the wave asks if it opens on the day that it counts for."""
    day, period = periods.day_of(wave), periods.period_of(wave.survey.cadence)
    return audience(wave.survey, tree).exclude(asked_too_recently(day, period))


def asked_too_recently(day: dt.date, period: int) -> Q:
    """Whoever must not be asked on that day about so many days."""
    return _recent(day, period, _imported(day, period))


def _recent(day: dt.date, period: int, imported: Iterable[_Imported]) -> Q:
    within = Q()
    for other in periods.PERIODS:
        within |= Q(period=other, day__gt=day - dt.timedelta(periods.least_days_apart(period, other)))
    elsewhere = {department for _, _, departments in imported for department in departments}
    return Q(Exists(LastAsked.objects.filter(within, employee=OuterRef("pk")))) | Q(department__in=elsewhere)


def left_out(people: QuerySet[Employee], day: dt.date, period: int) -> tuple[PeopleLeftOut, ...]:
    """Those of the people who must not be asked on that day, by the wave that has asked them, the earliest first."""
    imported = _imported(day, period)
    recent = people.filter(_recent(day, period, imported))
    elsewhere = {department for _, _, departments in imported for department in departments}
    columns = ("last_asked__group__wave__survey__name", "last_asked__day", "last_asked__period", "department__name")
    asked = recent.exclude(department__in=elsewhere).order_by(*columns).values_list(*columns).annotate(Count("pk"))
    found = [
        PeopleLeftOut(
            survey, before, free_from(before, period, other), tuple((name, count) for *_, name, count in rows)
        )
        for (survey, before, other), rows in groupby(asked, key=itemgetter(0, 1, 2))
    ]
    for past, before, departments in imported:
        if counts := count_by_department(recent, departments):
            free = free_from(before, period, periods.period_of(past.cadence))
            found.append(PeopleLeftOut(past.name, before, free, counts))
    return tuple(sorted(found, key=lambda row: (row.day, row.survey)))


def left_out_of(wave: Wave) -> tuple[PeopleLeftOut, ...]:
    """Whom a wave would leave out of its audience if it opened on its day."""
    people = audience(wave.survey, read_departments().tree)
    return left_out(people, periods.day_of(wave), periods.period_of(wave.survey.cadence))


def free_from(day: dt.date, period: int, other: int) -> dt.date:
    """When somebody who was asked on `day` may be asked next, by what the two waves ask about."""
    return day + dt.timedelta(periods.least_days_apart(period, other))


def count_by_department(people: QuerySet[Employee], departments: Collection[int]) -> tuple[tuple[str, int], ...]:
    """How many of the people are in each of the departments, by its name; those without any are left out."""
    inside = people.filter(department__in=departments).order_by("department__name")
    return tuple(inside.values_list("department__name").annotate(Count("pk")))


def _imported(day: dt.date, period: int) -> list[_Imported]:
    """Waves that were run elsewhere in the period, with the departments that were asked and all below them.

    Of their people nothing is known.
    """
    earliest = day - dt.timedelta(max(periods.PERIODS))
    waves = Wave.objects.filter(imported_for__gt=earliest).select_related("survey").order_by("imported_for", "id")
    found = []
    for wave in waves.defer("questionnaire"):
        gap = dt.timedelta(periods.least_days_apart(period, periods.period_of(wave.survey.cadence)))
        if wave.imported_for is not None and wave.imported_for > day - gap:
            found.append((wave.survey, wave.imported_for, read_departments().tree.below(departments_of(wave))))
    return found


def waves_in_period(departments: Collection[int], closed_on: dt.date, period: int) -> list[Wave]:
    """Waves that asked any of the departments too near to a wave that was run elsewhere until `closed_on`.

    What lies above or below one of the departments may be the same people.
    Of that one it is not known when it opened: so its last day counts, from the opening to the end of the others.
    """
    nearest = dt.timedelta(max(periods.PERIODS) + LATE_DAYS)
    tree = read_departments().tree
    shared = tree.below(departments) | {above for department in departments for above in tree.path(department)}
    begun = Wave.objects.exclude(state=WaveState.PLANNED).select_related("survey").defer("questionnaire")
    near = begun.filter(
        opens_at__lt=start_of(closed_on + nearest), closes_at__gte=start_of(closed_on - nearest)
    ).order_by("opens_at", "id")
    return [
        wave
        for wave in near
        if _days_between(wave, closed_on) < periods.least_days_apart(period, periods.period_of(wave.survey.cadence))
        and not departments_of(wave).isdisjoint(shared)
    ]


def _days_between(wave: Wave, day: dt.date) -> int:
    """From the day to the nearest one on which the wave took answers; 0 on such a day."""
    first, last = periods.day_of(wave), wave.imported_for or timezone.localdate(wave.closes_at)
    return max((first - day).days, (day - last).days, 0)


def departments_of(wave: Wave) -> frozenset[int]:
    """The ids of all departments of which a wave asked anybody."""
    groups = ReportingGroup.objects.filter(wave=wave).values_list("departments", flat=True)
    return frozenset(department for departments in groups for department in departments)
