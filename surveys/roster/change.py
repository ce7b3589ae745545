"""What a people file would change in the roster, worked out without touching it."""

from collections.abc import Iterator, Mapping
from dataclasses import astuple, dataclass, fields, replace

from surveys.roster.people_file import PeopleFile, Person
from surveys.roster.tree import DepartmentTree

# A file that would lose more of the roster than this share is more likely half a file than a company that shrank.
GONE_SHARE = 1 / 3


@dataclass(frozen=True)
class Roster:
    """People by mail address; `former` are the inactive ones. `parents`: every department, with the one above it.

    `state` is a digest of all of it: equal states, equal rosters.
    """

    active: Mapping[str, Person]
    former: Mapping[str, Person]
    parents: Mapping[str, str | None]
    state: str


@dataclass(frozen=True)
class Difference:
    """One field before and after; `field` is a column of the people file."""

    field: str
    before: str | bool | None
    after: str | bool | None


@dataclass(frozen=True, slots=True)
class Edit:
    """A person already on the roster, as known and as the file has them."""

    before: Person
    after: Person

    @property
    def differences(self) -> Iterator[Difference]:
        for field, before, after in zip(fields(Person), astuple(self.before), astuple(self.after), strict=True):
            if before != after:
                yield Difference(field.name, before, after)


@dataclass(frozen=True)
class DepartmentChange:
    """`new` and `moved`: the parent by department, None at the top. `renamed`: only the case of letters differs.

    `gone` lose their last people; they stay in the database, for the figures of earlier waves.
    """

    new: Mapping[str, str | None]
    moved: Mapping[str, str | None]
    renamed: Mapping[str, str]
    gone: tuple[str, ...]


@dataclass(frozen=True)
class RosterChange:
    """`state` is the digest of the roster that this change is for. Whoever moved may have changed otherwise too."""

    state: str
    departments: DepartmentChange
    new: tuple[Person, ...]
    returning: tuple[Edit, ...]
    moved: tuple[Edit, ...]
    changed: tuple[Edit, ...]
    gone: tuple[Person, ...]
    unchanged: int

    @property
    def is_empty(self) -> bool:
        tree = self.departments
        return not (self.gone or any(self.written()) or tree.new or tree.moved or tree.renamed)

    @property
    def loses_too_many(self) -> bool:
        active = self.unchanged + len(self.moved) + len(self.changed) + len(self.gone)
        return len(self.gone) > active * GONE_SHARE

    def written(self) -> Iterator[Person]:
        """Everyone whose row is new or differs."""
        yield from self.new
        for edits in (self.returning, self.moved, self.changed):
            yield from (edit.after for edit in edits)


def compare(file: PeopleFile, roster: Roster, *, blank: Person) -> RosterChange:
    """The change from the roster to the file. `blank` gives new people what the file has no column for."""
    departments = _compare_departments(file, roster)
    kinds: dict[str, list[Edit]] = {"returning": [], "moved": [], "changed": [], "unchanged": []}
    new: list[Person] = []
    for person in file.people:
        known = roster.active.get(person.email) or roster.former.get(person.email)
        after = _filled(person, known or blank)
        if known is None:
            new.append(after)
            continue
        home = departments.renamed.get(known.department, known.department)
        before = known if home == known.department else replace(known, department=home)
        kinds[_kind(before, after, is_active=person.email in roster.active)].append(Edit(before, after))
    named = {person.email for person in file.people}
    return RosterChange(
        state=roster.state,
        departments=departments,
        new=tuple(new),
        returning=tuple(kinds["returning"]),
        moved=tuple(kinds["moved"]),
        changed=tuple(kinds["changed"]),
        gone=tuple(person for email, person in roster.active.items() if email not in named),
        unchanged=len(kinds["unchanged"]),
    )


def _kind(before: Person, after: Person, *, is_active: bool) -> str:
    if not is_active:
        return "returning"
    if before.department != after.department:
        return "moved"
    return "unchanged" if before == after else "changed"


def _filled(person: Person, base: Person) -> Person:
    """The person with what the file says nothing of taken from `base`."""
    unsaid = {field.name: getattr(base, field.name) for field in fields(Person) if getattr(person, field.name) is None}
    return replace(person, **unsaid) if unsaid else person


def _compare_departments(file: PeopleFile, roster: Roster) -> DepartmentChange:
    parents = roster.parents
    by_case = {name.casefold(): name for name in parents}
    known = {name: name if name in parents else by_case.get(name.casefold()) for name in file.parents}
    renamed = {old: new for new, old in known.items() if old is not None and old != new}
    before = {name: parent and renamed.get(parent, parent) for name, parent in parents.items()}
    moved = {}
    if file.has_tree:
        moved = {new: file.parents[new] for new, old in known.items() if old and before[old] != file.parents[new]}
    kept = {old for old in known.values() if old is not None}
    if not file.has_tree:
        kept = _with_all_above(kept, parents)
    peopled = {person.department for person in roster.active.values()}
    return DepartmentChange(
        new={name: file.parents[name] for name, old in known.items() if old is None},
        moved=moved,
        renamed=renamed,
        gone=tuple(sorted(_with_all_above(peopled, parents) - kept)),
    )


def _with_all_above(names: set[str], parents: Mapping[str, str | None]) -> set[str]:
    tree = DepartmentTree(parents)
    return {step for name in names for step in tree.path(name)}
