"""How many people each group had at the time of a past survey: `group,people`."""

from collections.abc import Callable, Mapping

from surveys.files.cells import CellError, RowReader, text
from surveys.files.codes import FileProblemCode
from surveys.files.headers import FileColumns
from surveys.files.problems import FileProblem, UnusableFileError
from surveys.files.source import ReadingChoice
from surveys.files.table import AS_FOUND, FileRow, read_table
from surveys.questions.answers_file.answers import GROUP, GROUP_LETTERS

PEOPLE = "people"
# So that sums over groups fit into a column of the database.
_MOST = 1_000_000
_DIGITS = len(str(_MOST))


def read_headcounts(data: bytes, *, respondents: Mapping[str, int], choice: ReadingChoice = AS_FOUND) -> dict[str, int]:
    """People by group; a group of the answers is spelled as in `respondents`, which says how many answered.

    Raises UnusableFileError with all that is wrong: also where a group of the answers is not named, or has fewer people
    than answered.
    """
    reading = _HeadcountsReading(respondents)
    for row in read_table(data, FileColumns((GROUP, PEOPLE)), choice=choice).rows:
        reading.read(row)
    reading.problems += [
        FileProblem(FileProblemCode.HEADCOUNT_MISSING, arguments={"group": name})
        for name in respondents
        if name not in reading.row_of
    ]
    if reading.problems:
        raise UnusableFileError(reading.problems)
    return reading.people


class _HeadcountsReading:
    def __init__(self, respondents: Mapping[str, int]) -> None:
        self.problems: list[FileProblem] = []
        self.people: dict[str, int] = {}
        self.row_of: dict[str, int] = {}
        self._respondents = respondents
        self._spelled = {name.casefold(): name for name in respondents}
        self._name = text(GROUP_LETTERS, missing=FileProblemCode.GROUP_MISSING)

    def read(self, row: FileRow) -> None:
        reader = RowReader(row, self.problems)
        name = reader.read(GROUP, self._name)
        if name is None:
            return
        group = self._spelled.setdefault(name.casefold(), name)
        if (first := self.row_of.setdefault(group, row.number)) != row.number:
            reader.reject(GROUP, FileProblemCode.GROUP_TWICE, first=first)
            return
        count = reader.read(PEOPLE, _count(self._respondents.get(group, 0)))
        if count is not None:
            self.people[group] = count


def _count(least: int) -> Callable[[str], int]:
    def parse(value: str) -> int:
        whole = value.removesuffix(".0").removesuffix(",0")
        if not whole.isascii() or not whole.isdecimal():
            raise CellError(FileProblemCode.NO_HEADCOUNT)
        if len(whole) > _DIGITS or int(whole) > _MOST:
            raise CellError(FileProblemCode.HEADCOUNT_TOO_LARGE, most=_MOST)
        if int(whole) < least:
            raise CellError(FileProblemCode.FEWER_THAN_ANSWERED, answered=least)
        return int(whole)

    return parse
