"""How many people each group had at the time of a past survey: `group,people`."""

from collections.abc import Callable, Mapping

from surveys.files.cells import CellError, RowReader, text
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
        FileProblem(f"The group “{name}” has answers, but no row here says how many people it had.")
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
        self._name = text(GROUP_LETTERS, missing="The group is missing.")

    def read(self, row: FileRow) -> None:
        reader = RowReader(row, self.problems)
        name = reader.read(GROUP, self._name)
        if name is None:
            return
        group = self._spelled.setdefault(name.casefold(), name)
        if (first := self.row_of.setdefault(group, row.number)) != row.number:
            reader.reject(GROUP, f"Row {first} names this group already; keep one of the two rows.")
            return
        count = reader.read(PEOPLE, _count(self._respondents.get(group, 0)))
        if count is not None:
            self.people[group] = count


def _count(least: int) -> Callable[[str], int]:
    def parse(value: str) -> int:
        whole = value.removesuffix(".0").removesuffix(",0")
        if not whole.isascii() or not whole.isdecimal():
            raise CellError("Write a whole number of people.")
        if len(whole) > _DIGITS or int(whole) > _MOST:
            raise CellError(f"No group has more than {_MOST:,} people.")
        if int(whole) < least:
            raise CellError(f"{least} people of this group answered, so it had at least as many.")
        return int(whole)

    return parse
