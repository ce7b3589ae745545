"""The words of a planned change of the roster, for the page and for the command."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice

from surveys.roster.change import Edit, RosterChange
from surveys.roster.people_file import RosterPerson


class SectionKind(StrEnum):
    """What happens to the people or departments of a section."""

    NEW_PEOPLE = "new_people"
    RETURNING_PEOPLE = "returning_people"
    MOVED_PEOPLE = "moved_people"
    CHANGED_PEOPLE = "changed_people"
    GONE_PEOPLE = "gone_people"
    NEW_DEPARTMENTS = "new_departments"
    MOVED_DEPARTMENTS = "moved_departments"
    RENAMED_DEPARTMENTS = "renamed_departments"
    GONE_DEPARTMENTS = "gone_departments"


_TITLES = {
    SectionKind.NEW_PEOPLE: "New people",
    SectionKind.RETURNING_PEOPLE: "Returning people",
    SectionKind.MOVED_PEOPLE: "People who move",
    SectionKind.CHANGED_PEOPLE: "People who change",
    SectionKind.GONE_PEOPLE: "People who are gone",
    SectionKind.NEW_DEPARTMENTS: "New departments",
    SectionKind.MOVED_DEPARTMENTS: "Departments that move",
    SectionKind.RENAMED_DEPARTMENTS: "Departments with a new spelling",
    SectionKind.GONE_DEPARTMENTS: "Departments that are gone",
}


@dataclass(frozen=True)
class Entry:
    """A person or a department that the change is about."""

    # Of the person or the department.
    name: str
    # Empty for a department.
    email: str
    # What happens to it, or where it belongs.
    what: str


@dataclass(frozen=True)
class Section:
    """What happens in one way."""

    # What happens to its entries.
    kind: SectionKind
    # How many entries there are in all.
    count: int
    # The first of them.
    entries: tuple[Entry, ...]

    @property
    def title(self) -> str:
        """The heading."""
        return _TITLES[self.kind]

    @property
    def more(self) -> int:
        """How many entries are not shown."""
        return self.count - len(self.entries)


def counts(change: RosterChange) -> list[tuple[str, int]]:
    """How many people there are of each kind, none left out."""
    kinds = [("New", change.new), ("Returning", change.returning), ("Moved", change.moved)]
    counted = [(title, len(people)) for title, people in (*kinds, ("Changed", change.changed), ("Gone", change.gone))]
    return [*counted, ("Unchanged", change.unchanged)]


def sections(change: RosterChange, *, shown: int) -> list[Section]:
    """What changes, kind by kind, kinds without entries left out; at most `shown` entries of each."""
    tree = change.departments
    all_sections = (
        _people(SectionKind.NEW_PEOPLE, change.new, shown),
        _edits(SectionKind.RETURNING_PEOPLE, change.returning, shown),
        _edits(SectionKind.MOVED_PEOPLE, change.moved, shown),
        _edits(SectionKind.CHANGED_PEOPLE, change.changed, shown),
        _people(SectionKind.GONE_PEOPLE, change.gone, shown),
        _departments(SectionKind.NEW_DEPARTMENTS, _places(tree.new), shown),
        _departments(SectionKind.MOVED_DEPARTMENTS, _places(tree.moved), shown),
        _departments(SectionKind.RENAMED_DEPARTMENTS, list(tree.renamed.items()), shown),
        _departments(SectionKind.GONE_DEPARTMENTS, [(name, "has no people any more") for name in tree.gone], shown),
    )
    return [section for section in all_sections if section.count]


def _people(kind: SectionKind, people: Sequence[RosterPerson], shown: int) -> Section:
    entries = tuple(Entry(person.name, person.email, person.department) for person in people[:shown])
    return Section(kind, len(people), entries)


def _edits(kind: SectionKind, edits: Sequence[Edit], shown: int) -> Section:
    entries = (Entry(edit.after.name, edit.after.email, "; ".join(_differences(edit))) for edit in edits)
    return Section(kind, len(edits), tuple(islice(entries, shown)))


def _departments(kind: SectionKind, departments: Sequence[tuple[str, str]], shown: int) -> Section:
    return Section(kind, len(departments), tuple(Entry(name, "", what) for name, what in departments[:shown]))


def _differences(edit: Edit) -> Iterator[str]:
    for difference in edit.differences:
        yield f"{difference.field}: {_value(difference.before)} → {_value(difference.after)}"


def _value(value: str | bool | None) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return value or "(empty)"


def _places(parents: Mapping[str, str | None]) -> list[tuple[str, str]]:
    return [(name, f"below {parent}" if parent else "at the top") for name, parent in parents.items()]
