"""The people file: docs/people-file.md describes it."""

from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace

from surveys.files import cells
from surveys.files.cells import CellError, RowReader
from surveys.files.codes import FileProblemCode
from surveys.files.headers import FileColumns, HeaderCell, without_accents
from surveys.files.problems import FileProblem, UnusableFileError
from surveys.files.source import ReadingChoice, Source
from surveys.files.table import AS_FOUND, FileRow, read_table
from surveys.roster.people_file.decoding import DecodedCells
from surveys.roster.people_file.departments import MAX_DEPARTMENTS, FileDepartments, read_department, read_path
from surveys.roster.people_file.names import ALIASES

REQUIRED = ("email", "name", "department")


@dataclass(frozen=True, slots=True)
class RosterPerson:
    """A person of the roster or of a people file. None: the file has no such column, so the roster's value is kept."""

    # In lower case.
    email: str
    # As written, first and last name.
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
    # Whether the person is on leave, and so not asked.
    on_leave: bool | None = None
    # Of the file's own; it stays where the address changes.
    employee_id: str | None = None


# What the roster keeps of a person besides address, name and department: columns of the file and of the table alike.
DETAILS = tuple(entry.name for entry in fields(RosterPerson) if entry.name not in REQUIRED)
OPTIONAL = ("parent_department", *DETAILS, "department_id")
# A name may be in two columns.
NAME_PARTS = ("first_name", "last_name")
COLUMNS = FileColumns(
    REQUIRED, (*OPTIONAL, *NAME_PARTS), key=without_accents, aliases=ALIASES, instead={"name": NAME_PARTS}
)


@dataclass(frozen=True)
class PeopleFile:
    """What a people file says."""

    # One a row, in the file's order.
    people: tuple[RosterPerson, ...]
    # Every department named, with the one above it; None at the top.
    parents: Mapping[str, str | None]
    # False without a column for it: then departments stay where the roster has them.
    has_tree: bool = True
    # What the file calls departments that share it with another one, by name.
    titles: Mapping[str, str] = field(default_factory=dict)
    # The departments' own ids, by name.
    ids: Mapping[str, str] = field(default_factory=dict)
    # Names of columns that mean nothing here.
    ignored_columns: tuple[str, ...] = ()
    # What the rows were read from.
    source: Source = field(default_factory=Source)
    # Its header, and what each title was taken for.
    header: tuple[HeaderCell, ...] = ()
    # What was read as letters.
    decoded: DecodedCells = field(default_factory=DecodedCells)


def read_people(
    data: bytes,
    *,
    languages: Sequence[tuple[str, str]],
    default_language: str,
    choice: ReadingChoice = AS_FOUND,
) -> PeopleFile:
    """Reads CSV or a workbook; `languages` are (code, name). Raises UnusableFileError with all that is wrong."""
    table = read_table(data, COLUMNS, choice=choice)
    reading = _PeopleReader(cells.language(languages, default_language))
    people = reading.people(table.rows)
    if not reading.has_rows:
        raise UnusableFileError([FileProblem(FileProblemCode.NO_PEOPLE)])
    problems = reading.problems + reading.departments.problems()
    if problems:
        raise UnusableFileError(problems)
    departments = reading.departments.named()
    return PeopleFile(
        people=tuple(
            replace(person, department=departments.names[path]) if departments.titles else person
            for person, path in people
        ),
        parents=departments.parents,
        titles=departments.titles,
        ids=reading.ids(departments.names),
        has_tree="parent_department" in table.columns,
        ignored_columns=table.ignored,
        source=table.source,
        header=table.header,
        decoded=reading.decoded,
    )


def _name_parts(columns: Container[str]) -> tuple[str, ...]:
    """The columns of the name in the order of a name. A `name` beside one part holds the other: Nom, Prénom."""
    if "name" not in columns:
        return tuple(part for part in NAME_PARTS if part in columns)
    has_first, has_last = (part in columns for part in NAME_PARTS)
    if has_first == has_last:
        return ("name",)
    return ("first_name", "name") if has_first else ("name", "last_name")


_id = cells.text(64)


class _PeopleReader:
    """What rows are compared with: the mail addresses and the departments of the rows before."""

    def __init__(self, language: Callable[[str], str]) -> None:
        self.problems: list[FileProblem] = []
        self.departments = FileDepartments()
        self.decoded = DecodedCells()
        self._rows_by_email: dict[str, int] = {}
        self._language = language
        self._name = cells.text(200, missing=FileProblemCode.NAME_MISSING)
        self._site = cells.text(120)
        self._rows_by_id: dict[str, int] = {}
        # The row that gave a department, by its path, an id first.
        self._ids: dict[tuple[tuple[str, ...], str], int] = {}
        # Whether there is any row that is not blank.
        self.has_rows = False
        # One text, and one path, for each that many rows repeat.
        self._paths: dict[tuple[str, ...], tuple[str, ...]] = {}
        self._shared: dict[str, str] = {}

    def people(self, rows: Iterable[FileRow]) -> list[tuple[RosterPerson, tuple[str, ...]]]:
        """The right rows, each with the path of its department. Reads no further than the departments that may be."""
        found: list[tuple[RosterPerson, tuple[str, ...]]] = []
        for row in rows:
            self.has_rows = True
            if (entry := self._person(RowReader(self.decoded.decode(row), self.problems))) is not None:
                found.append(entry)
            if self.departments.is_full():
                arguments = {"most": MAX_DEPARTMENTS}
                problem = FileProblem(
                    FileProblemCode.TOO_MANY_DEPARTMENTS, row.number, "department", arguments=arguments
                )
                raise UnusableFileError([problem])
        return found

    def _person(self, row: RowReader) -> tuple[RosterPerson, tuple[str, ...]] | None:
        email = row.read("email", self._new_email(row.row.number))
        name = row.read_joined(_name_parts(row.row.cells), self._name)
        path = self._department(row)
        site = row.read("site", self._site)
        language = row.read("language", self._language)
        time_zone = row.read("time_zone", cells.time_zone)
        is_head, on_leave = row.read("is_head", cells.flag), row.read("on_leave", cells.flag)
        employee_id = row.read("employee_id", self._new_id(row.row.number))
        if not row.is_sound or email is None or name is None:
            return None
        site = site and self._shared.setdefault(site, site)
        person = RosterPerson(email, name, path[-1], site, language, time_zone, is_head, on_leave, employee_id)
        return person, path

    def _new_email(self, number: int) -> Callable[[str], str]:
        def parse(value: str) -> str:
            email = cells.email(value)
            first = self._rows_by_email.setdefault(email, number)
            if first != number:
                raise CellError(FileProblemCode.EMAIL_TWICE, first=first)
            return email

        return parse

    def _new_id(self, number: int) -> Callable[[str], str]:
        def parse(value: str) -> str:
            first = self._rows_by_id.setdefault(_id(value), number) if value else number
            if first != number:
                raise CellError(FileProblemCode.ID_TWICE, first=first)
            return value

        return parse

    def ids(self, names: Mapping[tuple[str, ...], str]) -> dict[str, str]:
        """The departments' own ids, by name. Raises UnusableFileError for an id of two, and for two ids of one."""
        found: dict[str, str] = {}
        owners: dict[str, str] = {}
        for (path, value), row in self._ids.items():
            name = names[path]
            if found.setdefault(name, value) != value or owners.setdefault(value, name) != name:
                code, arguments = FileProblemCode.DEPARTMENT_ID_TWICE, {"department": name}
                self.problems.append(FileProblem(code, row, "department_id", value, arguments))
        if self.problems:
            raise UnusableFileError(self.problems)
        return found

    def _department(self, row: RowReader) -> tuple[str, ...]:
        """The path of the row's department, empty if it is wrong."""
        number = row.row.number
        team = row.read("department", lambda value: self.departments.add(read_department(value), number))
        above = row.read("parent_department", lambda value: self._add_path(value, number))
        if team is None or not row.is_sound:
            return ()
        path = self._paths.setdefault(path := (*(above or ()), team), path)
        self.departments.put(path, number)
        if value := row.read("department_id", _id):
            self._ids.setdefault((path, value), number)
        return path

    def _add_path(self, value: str, number: int) -> list[str]:
        return [self.departments.add(step, number) for step in read_path(value)]
