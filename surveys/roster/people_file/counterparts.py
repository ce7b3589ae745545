"""The file of counterparts, `department,counterpart`: a department's first row is whom it works with most."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

from surveys.files.cells import CellError, RowReader
from surveys.files.codes import FileProblemCode
from surveys.files.headers import FileColumns
from surveys.files.problems import FileProblem, UnusableFileError
from surveys.files.source import ReadingChoice, Source
from surveys.files.table import AS_FOUND, read_table
from surveys.roster.people_file.decoding import DecodedCells

COLUMNS = ("department", "counterpart")


@dataclass(frozen=True)
class CounterpartsFile:
    """Who works with whom, as a file has it."""

    # By department, its counterparts in the file's order; names of departments that exist.
    counterparts: Mapping[str, Sequence[str]]
    # Where the rows come from.
    source: Source


def read_counterparts(
    data: bytes, *, departments: Collection[str], choice: ReadingChoice = AS_FOUND
) -> CounterpartsFile:
    """`departments` are the names of those that exist.

    Raises UnusableFileError with all that is wrong.
    """
    known = {name.casefold(): name for name in departments} | {name: name for name in departments}
    table = read_table(data, FileColumns(COLUMNS), choice=choice)
    counterparts: dict[str, list[str]] = {}
    first_rows: dict[tuple[str, str], int] = {}
    problems: list[FileProblem] = []
    decoded = DecodedCells()
    for row in table.rows:
        reader = RowReader(decoded.decode(row), problems)
        department, counterpart = (reader.read(column, _known(known)) for column in COLUMNS)
        if department is None or counterpart is None:
            continue
        if department == counterpart:
            reader.reject("counterpart", FileProblemCode.OWN_COUNTERPART)
        elif (first := first_rows.setdefault((department, counterpart), row.number)) != row.number:
            reader.reject("counterpart", FileProblemCode.PAIR_TWICE, first=first)
        else:
            counterparts.setdefault(department, []).append(counterpart)
    if not first_rows and not problems:
        problems.append(FileProblem(FileProblemCode.NO_COUNTERPARTS))
    if problems:
        raise UnusableFileError(problems)
    return CounterpartsFile(counterparts, table.source)


def _known(names: dict[str, str]) -> Callable[[str], str]:
    def parse(value: str) -> str:
        if not value:
            raise CellError(FileProblemCode.DEPARTMENT_MISSING)
        found = names.get(value) or names.get(value.casefold())
        if found is None:
            raise CellError(FileProblemCode.DEPARTMENT_UNKNOWN)
        return found

    return parse
