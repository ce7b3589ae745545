"""The roster as it is now, for comparing it with a file."""

import hashlib

from surveys.models import Collaboration, ColumnName, Department, Employee
from surveys.roster.known import Roster
from surveys.roster.people_file import RosterPerson
from surveys.roster.people_file.people import DETAILS, REQUIRED


def current_roster() -> Roster:
    """Two queries, however large it is."""
    digest = hashlib.sha256()
    names: dict[int, str] = {}
    above: dict[str, int | None] = {}
    titles: dict[str, str] = {}
    ids: dict[str, str] = {}
    rows = Department.objects.order_by("id").values_list("id", "name", "title", "stable_id", "parent")
    for pk, name, title, stable_id, parent in rows:
        digest.update(repr((pk, name, title, stable_id, parent)).encode())
        if stable_id:
            ids[name] = stable_id
        if title:
            titles[name] = title
        names[pk], above[name] = name, parent
    people: dict[bool, dict[str, RosterPerson]] = {True: {}, False: {}}
    columns = (*REQUIRED, *DETAILS, "active")
    for row in Employee.objects.order_by("id").values_list(*columns).iterator():
        digest.update(repr(row).encode())
        email, name, department, *details, active = row
        people[active][email] = RosterPerson(email, name, names[department], *details)
    parents = {name: None if parent is None else names[parent] for name, parent in above.items()}
    return Roster(people[True], people[False], parents, titles, ids, digest.hexdigest())


def known_columns() -> dict[str, str]:
    """What HR has said that headers of people files mean, by the header's key."""
    return dict(ColumnName.objects.values_list("header", "column"))


def current_counterparts() -> dict[str, list[str]]:
    """Who works with whom, by name of department, first the most important."""
    found: dict[str, list[str]] = {}
    rows = Collaboration.objects.order_by("department__name", "rank", "id")
    for department, counterpart in rows.values_list("department__name", "counterpart__name"):
        found.setdefault(department, []).append(counterpart)
    return found
