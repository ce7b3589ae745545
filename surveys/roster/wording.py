"""A planned change of the roster in words, for the page and for the command."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from surveys.roster.change import Edit, RosterChange
from surveys.roster.people_file import Person


@dataclass(frozen=True)
class Entry:
    """A person or a department that the change is about, and what happens to it."""

    name: str
    email: str
    what: str


@dataclass(frozen=True)
class Section:
    """`count` entries of one kind, of which `entries` are the first."""

    title: str
    count: int
    entries: tuple[Entry, ...]

    @property
    def more(self) -> int:
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
        _people("New people", change.new, shown),
        _edits("Returning people", change.returning, shown),
        _edits("People who move", change.moved, shown),
        _edits("People who change", change.changed, shown),
        _people("People who are gone", change.gone, shown),
        _departments("New departments", [(name, _place(parent)) for name, parent in tree.new.items()], shown),
        _departments("Departments that move", [(name, _place(parent)) for name, parent in tree.moved.items()], shown),
        _departments("Departments with a new spelling", list(tree.renamed.items()), shown),
        _departments("Departments that are gone", [(name, "has nobody any more") for name in tree.gone], shown),
    )
    return [section for section in all_sections if section.count]


def _people(title: str, people: Sequence[Person], shown: int) -> Section:
    return Section(title, len(people), tuple(Entry(one.name, one.email, one.department) for one in people[:shown]))


def _edits(title: str, edits: Sequence[Edit], shown: int) -> Section:
    entries = (Entry(edit.after.name, edit.after.email, "; ".join(_differences(edit))) for edit in edits)
    return Section(title, len(edits), tuple(islice(entries, shown)))


def _departments(title: str, departments: Sequence[tuple[str, str]], shown: int) -> Section:
    return Section(title, len(departments), tuple(Entry(name, "", what) for name, what in departments[:shown]))


def _differences(edit: Edit) -> Iterator[str]:
    for difference in edit.differences:
        yield f"{difference.field}: {_value(difference.before)} → {_value(difference.after)}"


def _value(value: str | bool | None) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return value or "(empty)"


def _place(parent: str | None) -> str:
    return f"below {parent}" if parent else "at the top"
