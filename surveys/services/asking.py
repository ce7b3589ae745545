"""Who may be asked by a wave that opens now, and the record of it: one opening at a time."""

from collections import Counter

from surveys.models import Employee, LastAsked, ReportingGroup, Wave
from surveys.rules.limits import BATCH_SIZE
from surveys.schedule import periods
from surveys.selectors.asking import asked_people
from surveys.selectors.obstacles import CannotOpenError, people_obstacle
from surveys.selectors.people import read_departments
from surveys.services.advisory import AdvisoryLock, take_until_commit


def lock_asking() -> None:
    """Until the transaction ends nobody else decides whom to ask.

    Two waves that open at the same moment would each find that the other has asked nobody.
    """
    take_until_commit(AdvisoryLock.ASKING)


def people_to_ask(wave: Wave) -> list[Employee]:
    """The people whom the wave asks if it opens on its day. Raises CannotOpenError if they are too few."""
    found = list(asked_people(wave, read_departments().tree))
    if obstacle := people_obstacle(wave, len(found)):
        raise CannotOpenError(wave.survey, obstacle)
    return found


def record_asked(wave: Wave, people: list[Employee], group_of: dict[int, ReportingGroup]) -> None:
    """Keeps by person that the wave has asked them, in the opening's transaction; `group_of` is by department id.

    What was kept before goes, but for how many of each group came from which one.
    """
    _count_moves(people, group_of)
    day, period = periods.day_of(wave), periods.period_of(wave.survey.cadence)
    LastAsked.objects.bulk_create(
        (LastAsked(employee=person, day=day, period=period, group=group_of[person.department_id]) for person in people),
        batch_size=BATCH_SIZE,
        update_conflicts=True,
        update_fields=["day", "period", "group"],
        unique_fields=["employee"],
    )


def _count_moves(people: list[Employee], group_of: dict[int, ReportingGroup]) -> None:
    last_group = dict(LastAsked.objects.values_list("employee_id", "group_id"))
    moves = Counter(
        (group_of[person.department_id], last_group[person.pk]) for person in people if person.pk in last_group
    )
    for group in set(group_of.values()):
        group.came_from = []
    for (group, before), count in sorted(moves.items(), key=str):
        group.came_from.append({"group": str(before), "people": count})
    ReportingGroup.objects.bulk_update(set(group_of.values()), ["came_from"], batch_size=BATCH_SIZE)
