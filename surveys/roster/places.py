"""Departments of one title are known by their place in the tree: which of the roster's each one of the file is."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from surveys.files.codes import FileProblemCode
from surveys.files.problems import FileProblem, UnusableFileError
from surveys.roster.known import Roster
from surveys.roster.people_file import PeopleFile
from surveys.roster.tree import DepartmentTree

_SEVERAL = "Several departments have this name: {}. Add the column parent_department to the file."


def place_departments(file: PeopleFile, roster: Roster) -> tuple[PeopleFile, dict[str, str]]:
    """The file with the roster's names for departments that share a title; and the new name of those that need one.

    Raises UnusableFileError where a file without parents names a title that several departments have.
    """
    shared = {title.casefold() for title in (*file.titles.values(), *roster.titles.values())}
    if not shared:
        return file, {}
    placing = _Placing(file, roster)
    for name in DepartmentTree(file.parents).top_down():
        if file.titles.get(name, name).casefold() in shared:
            placing.place(name)
    names = placing.names
    placed = replace(
        file,
        people=tuple(
            replace(person, department=names.get(person.department, person.department)) for person in file.people
        ),
        parents={names.get(name, name): parent and names.get(parent, parent) for name, parent in file.parents.items()},
        titles={names.get(name, name): title for name, title in file.titles.items()},
    )
    return placed, placing.renamed


def rename_known(roster: Roster, renamed: Mapping[str, str]) -> Roster:
    """The roster with other names of its departments."""
    if not renamed:
        return roster
    people = [
        {
            email: replace(person, department=renamed.get(person.department, person.department))
            for email, person in listed
        }
        for listed in (roster.active.items(), roster.former.items())
    ]
    parents = {
        renamed.get(name, name): parent and renamed.get(parent, parent) for name, parent in roster.parents.items()
    }
    ids = {renamed.get(name, name): given for name, given in roster.ids.items()}
    return replace(roster, active=people[0], former=people[1], parents=parents, ids=ids)


class _Placing:
    """Goes through the file's departments from the top down."""

    def __init__(self, file: PeopleFile, roster: Roster) -> None:
        # The roster's name, or a new one, by the file's.
        self.names: dict[str, str] = {}
        # The new name by the roster's.
        self.renamed: dict[str, str] = {}
        self._file, self._roster = file, roster
        self._by_case = {name.casefold(): name for name in roster.parents}
        self._by_title: dict[str, list[str]] = defaultdict(list)
        for name in roster.parents:
            self._by_title[roster.titles.get(name, name).casefold()].append(name)

    def place(self, name: str) -> None:
        title = self._file.titles.get(name, name)
        known = self._known(name, self._by_title[title.casefold()])
        if known is None:
            return
        must_change = name in self._file.titles and known == title
        if self._roster.titles.get(known, known) == title and not must_change:
            self.names[name] = known
        else:
            self.renamed[known] = name

    def _known(self, name: str, candidates: Sequence[str]) -> str | None:
        if name in self._roster.titles:
            return name
        if not self._file.has_tree:
            if len(candidates) > 1:
                arguments = {"departments": ", ".join(candidates)}
                problem = FileProblem(FileProblemCode.PARENT_NEEDED, None, "department", name, arguments)
                raise UnusableFileError([problem])
            return next(iter(candidates), None)
        above = self._file.parents[name]
        above = above and self.names.get(above, above)
        before = {new: old for old, new in self.renamed.items()}
        above = above and before.get(above, self._by_case.get(above.casefold()))
        found = [candidate for candidate in candidates if self._roster.parents[candidate] == above]
        if not found and len(candidates) == 1 and name not in self._file.titles:
            return candidates[0]
        return next(iter(found), None)
