"""The answers of a past survey: one row a respondent, `group`, then a column an item (docs/past-surveys.md).

A million rows have few different cells: each is understood once, and looked up from then on.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Any

from surveys.files.cells import CellError, RowReader, storable, text
from surveys.files.codes import FileProblemCode
from surveys.files.headers import FileColumns
from surveys.files.limits import ANSWERS
from surveys.files.problems import FileProblem, UnusableFileError
from surveys.files.source import ReadingChoice
from surveys.files.table import AS_FOUND, FileRow, RawTable, beyond, read_raw_table, tidy
from surveys.questions.questionnaire import item_codes
from surveys.rules.limits import MISSING

GROUP = "group"
GROUP_LETTERS = 120
_MOST_PROBLEMS = 1000


@dataclass(frozen=True)
class PastAnswers:
    """The answers of a past survey, as read from a file."""

    # Codes of items in the order of the instrument, the pick-one question last.
    asked: tuple[str, ...]
    # By group, the answers of each respondent: a byte an asked item, the option's number from 0, 255 where the cell is
    # empty.
    rows: Mapping[str, Sequence[bytes]]
    # How many rows named a group and answered nothing; they are in no group.
    blank: int
    # Headers that are no item's code.
    ignored_columns: tuple[str, ...]

    @property
    def respondents(self) -> int:
        return sum(map(len, self.rows.values()))


def read_answers(data: bytes, *, document: Mapping[str, Any], choice: ReadingChoice = AS_FOUND) -> PastAnswers:
    """Reads a table by the instrument's document. Raises UnusableFileError with all that is wrong."""
    options = _options(document)
    table = read_raw_table(data, FileColumns((GROUP,), tuple(options), str.casefold), limits=ANSWERS, choice=choice)
    asked = tuple(code for code in options if code in table.places)
    if not asked:
        arguments = {"items": ", ".join(options)}
        raise UnusableFileError([FileProblem(FileProblemCode.NO_ITEMS, arguments=arguments)])
    reading = _AnswersReading(table.places, {code: options[code] for code in asked})
    reading.read(table)
    if not any(reading.rows.values()) and not reading.problems:
        reading.problems.append(FileProblem(FileProblemCode.NO_ANSWERS))
    if reading.problems:
        raise UnusableFileError(reading.problems)
    rows = {name: answers for name, answers in reading.rows.items() if answers}
    return PastAnswers(asked, rows, reading.blank, table.ignored)


def _options(document: Mapping[str, Any]) -> dict[str, int]:
    """How many options each item has, by its code; the pick-one question comes last."""
    sets = {code: len(option_set["options"]) for code, option_set in document["option_sets"].items()}
    counts = {item["code"]: sets[item["option_set"]] for scale in document["scales"] for item in scale["items"]}
    found = {code: counts[code] for code in item_codes(document)}
    pick_one = document.get("pick_one")
    return found | ({pick_one["code"]: len(pick_one["options"])} if pick_one else {})


class _Once(dict[str, Any]):
    """What a cell means, worked out at its first appearance. Looking up a wrong one raises CellError each time."""

    def __init__(self, parse: Callable[[str], Any]) -> None:
        super().__init__()
        self.parse = parse

    def __missing__(self, cell: str) -> Any:
        self[cell] = meaning = self.parse(tidy(cell))
        return meaning


class _AnswersReading:
    def __init__(self, places: Mapping[str, int], options: Mapping[str, int]) -> None:
        self.problems: list[FileProblem] = []
        self.rows: dict[str, list[bytes]] = {}
        self.blank = 0
        self._places = places
        self._spellings: dict[str, str] = {}
        self._group = _Once(self._list_of)
        self._items = {code: _Once(_option(count)) for code, count in options.items()}
        self._width = max(places.values()) + 1
        self._pick = itemgetter(places[GROUP], *(places[code] for code in options))
        self._nothing = bytes([MISSING]) * len(options)

    def read(self, table: RawTable) -> None:
        items = list(self._items.values())
        for number, cells in table.rows:
            whole = cells if len(cells) >= self._width else cells + [""] * (self._width - len(cells))
            group, *given = self._pick(whole)
            try:
                answers = bytes([item[cell] for item, cell in zip(items, given, strict=True)])
                if answers == self._nothing and not any(map(str.strip, cells)):
                    continue
                respondents = self._group[group]
                sound = len(cells) <= table.width or not beyond(cells, table.width)
            except CellError:
                sound = False
            if not sound:
                named = {name: tidy(whole[at]) for name, at in self._places.items()}
                self._say_what_is_wrong(FileRow(number, named, beyond(cells, table.width)))
                if len(self.problems) >= _MOST_PROBLEMS:
                    self.problems.append(FileProblem(FileProblemCode.TOO_MANY_PROBLEMS, number))
                    return
                continue
            if answers == self._nothing:
                self.blank += 1
            else:
                respondents.append(answers)

    def _list_of(self, name: str) -> list[bytes]:
        """The same list for a group however its name's letters are written; the first spelling stands."""
        spelled = self._spellings.setdefault(name.casefold(), _group_name(storable(name)))
        return self.rows.setdefault(spelled, [])

    def _say_what_is_wrong(self, row: FileRow) -> None:
        reader = RowReader(row, self.problems)
        reader.read(GROUP, _group_name)
        for code, item in self._items.items():
            reader.read(code, item.parse)


_group_name = text(GROUP_LETTERS, missing=FileProblemCode.GROUP_MISSING)


def _option(count: int) -> Callable[[str], int]:
    """A parser of an option's number: 1 to `count` becomes 0 to `count` - 1, an empty cell MISSING."""
    numbers = {"": MISSING}
    for number in range(1, count + 1):
        # A spreadsheet may write whole numbers with a decimal.
        numbers |= dict.fromkeys((str(number), f"{number}.0", f"{number},0"), number - 1)

    def parse(value: str) -> int:
        if value not in numbers:
            raise CellError(FileProblemCode.NO_OPTION, most=count)
        return numbers[value]

    return parse
