"""Who may be asked by a wave that opens now, and the record of it: one opening at a time."""

from django.db import connection

from surveys.models import Employee, LastAsked, ReportingGroup, Wave
from surveys.rules.limits import BATCH_SIZE
from surveys.schedule import periods
from surveys.selectors.asking import asked_people
from surveys.selectors.people import read_departments
from surveys.services.obstacles import CannotOpenError, people_obstacle

# A number of this product's own among PostgreSQL's advisory locks.
_ONE_AT_A_TIME = 0x46_4C_41_53


def lock_asking() -> None:
    """Until the transaction ends nobody else decides whom to ask. SQLite has one writer at a time anyway.

    Two waves that open at the same moment would each find that the other has asked nobody.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_ONE_AT_A_TIME])


def people_to_ask(wave: Wave) -> list[Employee]:
    """The people whom the wave asks if it opens on its day. Raises CannotOpenError if they are too few."""
    found = list(asked_people(wave, read_departments().tree))
    if obstacle := people_obstacle(wave, len(found)):
        raise CannotOpenError(wave.survey, obstacle)
    return found


def remember(wave: Wave, people: list[Employee], group_of: dict[int, ReportingGroup]) -> None:
    """Keeps by person that the wave has asked them, in the opening's transaction; `group_of` is by department id."""
    day, period = periods.day_of(wave), periods.period_of(wave.survey.cadence)
    LastAsked.objects.bulk_create(
        (LastAsked(employee=person, day=day, period=period, group=group_of[person.department_id]) for person in people),
        batch_size=BATCH_SIZE,
        update_conflicts=True,
        update_fields=["day", "period", "group"],
        unique_fields=["employee"],
    )
