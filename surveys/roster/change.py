"""What a people file would change in the roster, worked out without touching it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import astuple, dataclass, field, fields, replace
from enum import Enum, auto

from surveys.roster.identities import identify_departments, identify_people
from surveys.roster.known import Roster
from surveys.roster.people_file import PeopleFile, RosterPerson
from surveys.roster.places import place_departments, rename_known
from surveys.roster.questions import TO_CORRECT, Answers, Question, QuestionKind, answer_to, find_questions
from surveys.roster.tree import DepartmentTree

# By department, the one above it; None at the top.
_Parents = Mapping[str, str | None]
# Share of the people, from 0 to 1. A file in which more are missing is likely half a file, not a company that shrank.
GONE_SHARE = 1 / 3
NO_ANSWERS: Answers = {}


@dataclass(frozen=True)
class Difference:
    """One value of a person that changes."""

    # A column of the people file.
    field: str
    # What the roster has.
    before: str | bool | None
    # What the file has.
    after: str | bool | None


@dataclass(frozen=True, slots=True)
class Edit:
    """A person already on the roster, as known and as the file has them."""

    # As known; the department by its new name.
    before: RosterPerson
    # As the file has them, with what it has no column for as known.
    after: RosterPerson

    @property
    def differences(self) -> Iterator[Difference]:
        for column, before, after in zip(fields(RosterPerson), astuple(self.before), astuple(self.after), strict=True):
            if before != after:
                yield Difference(column.name, before, after)


@dataclass(frozen=True)
class DepartmentChange:
    """What happens to the departments, by name."""

    # The department above each new one; None at the top.
    new: Mapping[str, str | None]
    # The new department above each that moves; None at the top.
    moved: Mapping[str, str | None]
    # The new name by the old one: only the case of letters differs, or somebody said that it is the same department.
    renamed: Mapping[str, str]
    # They lose their last people, and stay in the database for the figures of earlier waves.
    gone: tuple[str, ...]
    # What the people file calls new and renamed ones that share it with another one, by name.
    titles: Mapping[str, str] = field(default_factory=dict)
    # Ids that departments get, or get instead of another one, by name.
    ids: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class RosterChange:
    """All that a people file would change."""

    # The digest of the roster that this change was worked out for.
    state: str
    # What happens to the departments.
    departments: DepartmentChange
    # People whom the roster does not know.
    new: tuple[RosterPerson, ...]
    # Former people who are in the file again.
    returning: tuple[Edit, ...]
    # People in another department than before; other values may change too.
    moved: tuple[Edit, ...]
    # People in the same department of whom other values change.
    changed: tuple[Edit, ...]
    # Active people who are not in the file.
    gone: tuple[RosterPerson, ...]
    # How many people stay as they are.
    unchanged: int
    # What the file leaves open.
    questions: tuple[Question, ...] = ()
    # What was answered, and is part of this change.
    answers: Answers = field(default_factory=dict)

    @property
    def is_empty(self) -> bool:
        tree = self.departments
        return not (self.gone or any(self.written()) or tree.new or tree.moved or tree.renamed or tree.ids)

    @property
    def open_questions(self) -> tuple[Question, ...]:
        """Those that stop the import: not answered, or answered so that the file has to be corrected first."""
        return tuple(
            asked
            for asked in self.questions
            if asked.key not in self.answers or (self.answers[asked.key] and asked.kind in TO_CORRECT)
        )

    @property
    def loses_too_many(self) -> bool:
        active = self.unchanged + len(self.moved) + len(self.changed) + len(self.gone)
        return len(self.gone) > active * GONE_SHARE

    def written(self) -> Iterator[RosterPerson]:
        """All people whose row is new or differs."""
        yield from self.new
        for edits in (self.returning, self.moved, self.changed):
            yield from (edit.after for edit in edits)


class _EditKind(Enum):
    """What happens to a person whom the roster knows."""

    RETURNING = auto()
    MOVED = auto()
    CHANGED = auto()
    UNCHANGED = auto()


def compare(file: PeopleFile, roster: Roster, *, blank: RosterPerson, answers: Answers = NO_ANSWERS) -> RosterChange:
    """The change from the roster to the file. `blank` gives new people what the file has no column for.

    `answers` may hold more than is asked; what is asked and not answered counts as two different things.
    """
    file, placed = place_departments(file, roster)
    roster = rename_known(roster, placed)
    identified = identify_departments(file, roster)
    roster = rename_known(roster, identified)
    placed |= identified
    addresses = identify_people(file, roster)
    questions = find_questions(file, roster, addresses)
    given = {asked.key: answer_to(asked, answers) for asked in questions}
    departments = _compare_departments(file, roster, _same(questions, given, QuestionKind.RENAMED))
    departments = replace(departments, renamed={**placed, **departments.renamed})
    earlier = _same(questions, given, QuestionKind.ADDRESS) | addresses
    new, edits = _compare_people(file, roster, earlier, departments.renamed, blank)
    named = {earlier.get(person.email, person.email) for person in file.people}
    return RosterChange(
        state=roster.state,
        departments=departments,
        new=tuple(new),
        returning=tuple(edits[_EditKind.RETURNING]),
        moved=tuple(edits[_EditKind.MOVED]),
        changed=tuple(edits[_EditKind.CHANGED]),
        gone=tuple(person for email, person in roster.active.items() if email not in named),
        unchanged=len(edits[_EditKind.UNCHANGED]),
        questions=questions,
        answers={key: answer for key, answer in given.items() if answer is not None},
    )


def _same(questions: Iterable[Question], given: Mapping[str, bool | None], kind: QuestionKind) -> dict[str, str]:
    """What the file calls a thing that is the same, to what the roster calls it."""
    return {asked.after: asked.before for asked in questions if asked.kind == kind and given[asked.key]}


def _compare_people(
    file: PeopleFile, roster: Roster, earlier: Mapping[str, str], renamed: Mapping[str, str], blank: RosterPerson
) -> tuple[list[RosterPerson], Mapping[_EditKind, list[Edit]]]:
    """Who is new, and what becomes of those who are known; `earlier` has the roster's address by the file's."""
    new: list[RosterPerson] = []
    edits: dict[_EditKind, list[Edit]] = {kind: [] for kind in _EditKind}
    for person in file.people:
        address = earlier.get(person.email, person.email)
        known = roster.active.get(address) or roster.former.get(address)
        after = _filled(person, known or blank)
        if known is None:
            new.append(after)
            continue
        home = renamed.get(known.department, known.department)
        before = known if home == known.department else replace(known, department=home)
        edits[_kind(before, after, is_active=address in roster.active)].append(Edit(before, after))
    return new, edits


def _kind(before: RosterPerson, after: RosterPerson, *, is_active: bool) -> _EditKind:
    if not is_active:
        return _EditKind.RETURNING
    if before.department != after.department:
        return _EditKind.MOVED
    return _EditKind.UNCHANGED if before == after else _EditKind.CHANGED


def _filled(person: RosterPerson, base: RosterPerson) -> RosterPerson:
    """The person, with the values that the file has no column for taken from `base`."""
    names = [column.name for column in fields(RosterPerson)]
    missing = {name: getattr(base, name) for name in names if getattr(person, name) is None}
    return replace(person, **missing) if missing else person


def _compare_departments(file: PeopleFile, roster: Roster, renames: Mapping[str, str]) -> DepartmentChange:
    """`renames` has the roster's name by the file's."""
    parents = roster.parents
    known = {**_known_names(file.parents, parents), **renames}
    kept = {old for old in known.values() if old is not None}
    renamed = {old: new for new, old in known.items() if old in kept and old != new}
    kept |= set() if file.has_tree else _with_all_above(kept, parents)
    peopled = {person.department for person in roster.active.values()}
    return DepartmentChange(
        new={name: file.parents[name] for name, old in known.items() if old is None},
        moved=_moved(file, parents, known),
        renamed=renamed,
        gone=tuple(sorted(_with_all_above(peopled, parents) - kept)),
        titles={name: title for name, title in file.titles.items() if name != title},
        ids=_given_ids(file, roster, known),
    )


def _given_ids(file: PeopleFile, roster: Roster, known: Mapping[str, str | None]) -> dict[str, str]:
    return {name: given for name, given in file.ids.items() if roster.ids.get(known[name] or "") != given}


def _known_names(names: Iterable[str], parents: _Parents) -> dict[str, str | None]:
    """By the name in the file, the name on the roster; None where there is none, however its letters are written."""
    by_case = {name.casefold(): name for name in parents}
    return {name: name if name in parents else by_case.get(name.casefold()) for name in names}


def _moved(file: PeopleFile, parents: _Parents, known: Mapping[str, str | None]) -> dict[str, str | None]:
    """The departments that the file puts below another one than the roster does, whatever the spelling of its name."""
    if not file.has_tree:
        return {}
    new_names = {old: new for new, old in known.items()}
    before = {name: parent and new_names.get(parent, parent) for name, parent in parents.items()}
    return {new: file.parents[new] for new, old in known.items() if old and before[old] != file.parents[new]}


def _with_all_above(names: set[str], parents: _Parents) -> set[str]:
    tree = DepartmentTree(parents)
    return {step for name in names for step in tree.path(name)}
