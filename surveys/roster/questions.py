"""What a people file leaves open: somebody has to say whether two things are one. Pure, and writes nothing."""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from surveys.files.addresses import mailbox
from surveys.files.invisible import look_of
from surveys.roster.known import Roster
from surveys.roster.people_file import PeopleFile, RosterPerson


class QuestionKind(StrEnum):
    """What may be one and the same."""

    # A department that is gone, and a new one.
    RENAMED = "renamed"
    # A person who is gone, and a new one of the same name.
    ADDRESS = "address"
    # Two people of the file.
    PERSON = "person"
    # Two departments of the file that look alike.
    DEPARTMENT = "department"


# Where "the same" means that the file must be corrected first.
TO_CORRECT = (QuestionKind.PERSON, QuestionKind.DEPARTMENT)


@dataclass(frozen=True)
class Question:
    """Whether two things are the same."""

    # What the two are.
    kind: QuestionKind
    # The address or the department's name; of RENAMED and ADDRESS the one on the roster.
    before: str
    # The other one.
    after: str
    # How many people are in both; 0 where people do not matter.
    people: int = 0

    @property
    def key(self) -> str:
        """The same for the same question of the next preview; letters and digits only."""
        return hashlib.sha256(repr((self.kind, self.before, self.after)).encode()).hexdigest()[:16]


# Whether the two are the same, by the question's key, or by its kind for all questions of that kind.
Answers = Mapping[str, bool]


def answer_to(question: Question, answers: Answers) -> bool | None:
    """Whether the two are the same; None where nobody has said so."""
    return answers.get(question.key, answers.get(question.kind))


def find_questions(file: PeopleFile, roster: Roster, addresses: Mapping[str, str]) -> tuple[Question, ...]:
    """All that the file leaves open, renames first; nothing of what was on the roster side by side already.

    `addresses` has the roster's by the file's, of those whom their ids identify.
    """
    return (
        *_renamed(file, roster),
        *_corrected(file, roster, addresses),
        *_alike_departments(file, roster),
        *_alike_people(file, roster),
    )


def _renamed(file: PeopleFile, roster: Roster) -> Iterator[Question]:
    """At least half of an old department's people are in a new one, and they are at least half of whom it brings along.

    A department without people of its own is known by the departments below it.
    """
    spelled = {name.casefold() for name in roster.parents}
    named = {name.casefold() for name in file.parents}
    is_old = {name: name.casefold() not in named for name in roster.parents}
    is_new = {name: name.casefold() not in spelled for name in file.parents}
    yield from _best_pairs([*_moves_of_people(file, roster), *_moves_of_departments(file, roster)], is_old, is_new)


def _moves_of_people(file: PeopleFile, roster: Roster) -> Iterator[tuple[str, str]]:
    """The department on the roster and that of the file, for everybody who is in both."""
    for person in file.people:
        if known := roster.active.get(person.email):
            yield known.department, person.department


def _moves_of_departments(file: PeopleFile, roster: Roster) -> Iterator[tuple[str, str]]:
    """The same for the department above each department that is in both."""
    for name in file.parents if file.has_tree else ():
        before, after = roster.parents.get(name), file.parents[name]
        if before is not None and after is not None:
            yield before, after


def _best_pairs(
    moves: Sequence[tuple[str, str]], is_old: Mapping[str, bool], is_new: Mapping[str, bool]
) -> Iterator[Question]:
    both = Counter((old, new) for old, new in moves if is_old.get(old) and is_new.get(new))
    left, arrived = Counter(old for old, _ in moves), Counter(new for _, new in moves)
    taken: set[str] = set()
    for (old, new), count in both.most_common():
        is_most = 2 * count >= left[old] and 2 * count >= arrived[new]
        if is_most and old not in taken and new not in taken:
            taken |= {old, new}
            yield Question(QuestionKind.RENAMED, old, new, count)


def _corrected(file: PeopleFile, roster: Roster, addresses: Mapping[str, str]) -> Iterator[Question]:
    """Somebody is gone and somebody is new, and nobody else who is gone or new has that name."""
    named = {person.email for person in file.people} | set(addresses.values())
    known = {*roster.active, *roster.former, *addresses}
    gone = _by((person for person in roster.active.values() if person.email not in named), _name_of)
    new = _by((person for person in file.people if person.email not in known), _name_of)
    for name, people in gone.items():
        if len(people) == 1 and len(new.get(name, ())) == 1:
            before, after = people[0], new[name][0]
            # Two ids are two people.
            if not (before.employee_id and after.employee_id):
                yield Question(QuestionKind.ADDRESS, before.email, after.email)


def _alike_departments(file: PeopleFile, roster: Roster) -> Iterator[Question]:
    alike: dict[str, list[str]] = defaultdict(list)
    for name in file.parents:
        alike[look_of(name) or name].append(name)
    for names in alike.values():
        for first, second in pairwise(names):
            if not (first in roster.parents and second in roster.parents):
                yield Question(QuestionKind.DEPARTMENT, first, second)


def _alike_people(file: PeopleFile, roster: Roster) -> Iterator[Question]:
    """One mailbox, addresses that look alike, or one name in one department or before the @."""
    asked: set[tuple[str, str]] = set()
    for likeness in (
        lambda person: mailbox(person.email),
        lambda person: look_of(person.email),
        lambda person: (_name_of(person), person.department),
        lambda person: (_name_of(person), mailbox(person.email).partition("@")[0]),
    ):
        for people in _by(file.people, likeness).values():
            for first, second in pairwise(people):
                pair = (first.email, second.email)
                if pair not in asked and not (first.email in roster.active and second.email in roster.active):
                    asked.add(pair)
                    yield Question(QuestionKind.PERSON, *pair)


def _name_of(person: RosterPerson) -> str:
    return look_of(person.name) or person.name


def _by(people: Iterable[RosterPerson], key: Callable[[RosterPerson], Hashable]) -> dict[Hashable, list[RosterPerson]]:
    found: dict[Hashable, list[RosterPerson]] = defaultdict(list)
    for person in people:
        found[key(person)].append(person)
    return found
