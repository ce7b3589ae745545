"""Brings the roster in line with a people file: all of it or nothing."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar

from django.db import connection, transaction

from surveys.models import Department, Employee
from surveys.roster.change import NO_ANSWERS, DepartmentChange, Edit, RosterChange, compare
from surveys.roster.people_file import PeopleFile, RosterPerson
from surveys.roster.people_file.people import DETAILS
from surveys.roster.questions import Answers
from surveys.rules.limits import BATCH_SIZE
from surveys.selectors.roster import current_roster

T = TypeVar("T")

# What a new person gets for columns that the file does not have.
_DEFAULTS = {field.name: field.get_default() for field in Employee._meta.concrete_fields if field.name in DETAILS}
_BLANK = RosterPerson("", "", "", **_DEFAULTS)


class RosterChangedError(Exception):
    """The roster is no longer what the change was planned for: plan it again."""


class OpenQuestionsError(Exception):
    """The file leaves open what somebody must answer first: `open_questions` of the change has it."""


class TooManyGoneError(Exception):
    """More of the roster would be gone than the change was allowed (surveys.roster.change.GONE_SHARE)."""


def plan(file: PeopleFile, answers: Answers = NO_ANSWERS) -> RosterChange:
    """What the file would change, with what was answered to its questions. Writes nothing."""
    return compare(file, current_roster(), blank=_BLANK, answers=answers)


@transaction.atomic
def apply(change: RosterChange, *, allow_gone: bool = False) -> None:
    """Deletes no people: those who are gone become inactive and keep the invitations of an open wave.

    Raises OpenQuestionsError, RosterChangedError or TooManyGoneError, and then changes nothing.
    """
    if change.open_questions:
        raise OpenQuestionsError
    if change.loses_too_many and not allow_gone:
        raise TooManyGoneError
    _lock()
    if current_roster().state != change.state:
        raise RosterChangedError
    _change_departments(change.departments)
    _change_addresses([*change.returning, *change.moved, *change.changed])
    _free_ids([*change.returning, *change.moved, *change.changed], change.new)
    departments = dict(Department.objects.values_list("name", "id"))
    for people in _batches(change.written()):
        Employee.objects.bulk_create(
            [_employee(person, departments) for person in people],
            update_conflicts=True,
            update_fields=["name", *DETAILS, "department", "active"],
            unique_fields=["email"],
        )
    for people in _batches(change.gone):
        Employee.objects.filter(email__in=[person.email for person in people]).update(active=False)


def _lock() -> None:
    """One import at a time. SQLite locks by beginning; PostgreSQL lets everybody read on."""
    if connection.vendor == "postgresql":
        tables = f"{Department._meta.db_table}, {Employee._meta.db_table}"
        with connection.cursor() as cursor:
            cursor.execute(f"LOCK TABLE {tables} IN SHARE ROW EXCLUSIVE MODE")


def _change_departments(change: DepartmentChange) -> None:
    # In two steps: a department may get a name that another one gives up.
    ids = dict(Department.objects.filter(name__in=list(change.renamed)).values_list("name", "id"))
    for before in change.renamed:
        Department.objects.filter(id=ids[before]).update(name=f"> {ids[before]}")
    for before, after in change.renamed.items():
        Department.objects.filter(id=ids[before]).update(name=after, title=change.titles.get(after, ""))
    new = [Department(name=name, title=change.titles.get(name, "")) for name in change.new]
    Department.objects.bulk_create(new, batch_size=BATCH_SIZE)
    placed = {**change.new, **change.moved}
    if placed:
        by_name = {department.name: department for department in Department.objects.all()}
        for name, parent in placed.items():
            by_name[name].parent = by_name[parent] if parent else None
        Department.objects.bulk_update([by_name[name] for name in placed], ["parent"], batch_size=BATCH_SIZE)
    Department.objects.filter(stable_id__in=list(change.ids.values())).update(stable_id="")
    for name, stable_id in change.ids.items():
        Department.objects.filter(name=name).update(stable_id=stable_id)


def _change_addresses(edits: Iterable[Edit]) -> None:
    """In two steps: somebody may get an address that another one gives up."""
    corrected = {edit.before.email: edit.after.email for edit in edits if edit.before.email != edit.after.email}
    ids = dict(Employee.objects.filter(email__in=list(corrected)).values_list("email", "id"))
    for before in corrected:
        Employee.objects.filter(id=ids[before]).update(email=f"{ids[before]}@moving.invalid")
    for before, after in corrected.items():
        Employee.objects.filter(id=ids[before]).update(email=after)


def _free_ids(edits: Iterable[Edit], new: Iterable[RosterPerson]) -> None:
    """Takes ids from those who have them, where the file gives them to somebody else."""
    given = [edit.after.employee_id for edit in edits if edit.before.employee_id != edit.after.employee_id]
    given += [person.employee_id for person in new]
    for employee_ids in _batches(filter(None, given)):
        Employee.objects.filter(employee_id__in=employee_ids).update(employee_id="")


def _employee(person: RosterPerson, departments: dict[str, int]) -> Employee:
    details = {field: getattr(person, field) for field in ("name", *DETAILS)}
    return Employee(email=person.email, department_id=departments[person.department], active=True, **details)


def _batches(things: Iterable[T]) -> Iterator[list[T]]:
    iterator = iter(things)
    while batch := list(islice(iterator, BATCH_SIZE)):
        yield batch
