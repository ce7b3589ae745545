"""The people file: docs/people-file.md describes it."""

from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields

from surveys.files import cells
from surveys.files.cells import CellError, RowReader
from surveys.files.headers import FileColumns, HeaderCell, without_accents
from surveys.files.problems import FileProblem, PeopleFileError
from surveys.files.source import ReadingChoice, Source
from surveys.files.table import AS_FOUND, FileRow, read_table
from surveys.roster.people_file.departments import MAX_DEPARTMENTS, FileDepartments, read_department, read_path
from surveys.roster.people_file.names import ALIASES

REQUIRED = ("email", "name", "department")


@dataclass(frozen=True, slots=True)
class RosterPerson:
    """A person of the roster or of a people file. None: the file has no such column, so the roster's value is kept."""

    # In lower case.
    email: str
    name: str
    # By name.
    department: str
    # The place of work; may be empty.
    site: str | None = None
    # A code of settings.LANGUAGES.
    language: str | None = None
    # As in the tz database; empty is the company's own.
    time_zone: str | None = None
    # Whether the person heads the department.
    is_head: bool | None = None
    on_leave: bool | None = None


# What the roster keeps of a person besides address, name and department: columns of the file and of the table alike.
DETAILS = tuple(entry.name for entry in fields(RosterPerson) if entry.name not in REQUIRED)
OPTIONAL = ("parent_department", *DETAILS)
# A name may be in two columns.
NAME_PARTS = ("first_name", "last_name")
COLUMNS = FileColumns(
    REQUIRED, (*OPTIONAL, *NAME_PARTS), key=without_accents, aliases=ALIASES, instead={"name": NAME_PARTS}
)


@dataclass(frozen=True)
class PeopleFile:
    """What a people file says."""

    people: tuple[RosterPerson, ...]
    # Every department named, with the one above it; None at the top.
    parents: Mapping[str, str | None]
    # False without a column for it: then departments stay where the roster has them.
    has_tree: bool = True
    # Names of columns that mean nothing here.
    ignored_columns: tuple[str, ...] = ()
    # What the rows were read from.
    source: Source = field(default_factory=Source)
    # Its header, and what each title was taken for.
    header: tuple[HeaderCell, ...] = ()


def read_people(
    data: bytes,
    *,
    languages: Sequence[tuple[str, str]],
    default_language: str,
    choice: ReadingChoice = AS_FOUND,
) -> PeopleFile:
    """Reads CSV or a workbook; `languages` are (code, name). Raises PeopleFileError with all that is wrong."""
    table = read_table(data, COLUMNS, choice=choice)
    reading = _PeopleReader(cells.language(languages, default_language))
    people = reading.people(table.rows)
    if not people:
        raise PeopleFileError([FileProblem("There are no people in the file; each row below the first is a person.")])
    problems = reading.problems + reading.departments.problems()
    if problems:
        raise PeopleFileError(problems)
    return PeopleFile(
        people=tuple(person for person in people if person is not None),
        parents=reading.departments.parents(),
        has_tree="parent_department" in table.columns,
        ignored_columns=table.ignored,
        source=table.source,
        header=table.header,
    )


def _name_parts(columns: Container[str]) -> tuple[str, ...]:
    """The columns of the name in the order of a name. A `name` beside one part holds the other: Nom, Prénom."""
    if "name" not in columns:
        return tuple(part for part in NAME_PARTS if part in columns)
    has_first, has_last = (part in columns for part in NAME_PARTS)
    if has_first == has_last:
        return ("name",)
    return ("first_name", "name") if has_first else ("name", "last_name")


class _PeopleReader:
    """What rows are compared with: the mail addresses and the departments of the rows before."""

    def __init__(self, language: Callable[[str], str]) -> None:
        self.problems: list[FileProblem] = []
        self.departments = FileDepartments()
        self._rows_by_email: dict[str, int] = {}
        self._language = language
        self._name = cells.text(200, missing="The name is missing.")
        self._site = cells.text(120)
        # One string for each value that many rows repeat.
        self._shared: dict[str, str] = {}

    def people(self, rows: Iterable[FileRow]) -> list[RosterPerson | None]:
        """One for each row, None for a wrong one. Reads no further than the departments that a file may have."""
        found: list[RosterPerson | None] = []
        for row in rows:
            found.append(self.person(RowReader(row, self.problems)))
            if self.departments.is_full():
                message = f"There are more than {MAX_DEPARTMENTS:,} departments; is the column the right one?"
                raise PeopleFileError([FileProblem(message, row.number, "department")])
        return found

    def person(self, row: RowReader) -> RosterPerson | None:
        email = row.read("email", self._new_email(row.row.number))
        name = row.read_joined(_name_parts(row.row.cells), self._name)
        team = self._department(row)
        site = row.read("site", self._site)
        language = row.read("language", self._language)
        time_zone = row.read("time_zone", cells.time_zone)
        is_head, on_leave = row.read("is_head", cells.flag), row.read("on_leave", cells.flag)
        if not row.is_sound or email is None or name is None or team is None:
            return None
        site = site and self._shared.setdefault(site, site)
        return RosterPerson(email, name, team, site, language, time_zone, is_head, on_leave)

    def _new_email(self, number: int) -> Callable[[str], str]:
        def parse(value: str) -> str:
            email = cells.email(value)
            first = self._rows_by_email.setdefault(email, number)
            if first != number:
                raise CellError(f"The mail address is in row {first} already; keep one of the two rows.")
            return email

        return parse

    def _department(self, row: RowReader) -> str | None:
        number = row.row.number
        team = row.read("department", lambda value: self.departments.add(read_department(value), number))
        above = row.read("parent_department", lambda value: self._add_path(value, number))
        if team is not None and above:
            row.read("parent_department", lambda _value: self._hang(above, team, number))
        return team

    def _add_path(self, value: str, number: int) -> list[str]:
        return [self.departments.add(step, number) for step in read_path(value)]

    def _hang(self, above: Sequence[str], team: str, number: int) -> None:
        for child, parent in zip((*above[1:], team), above, strict=True):
            self.departments.put(child, parent, number)
