"""What the method page of a wave shows: how sure its figures are, plain words first."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from diagnostics.core.disclosure.figures import told
from diagnostics.models.score import INDEX
from diagnostics.report.report import GroupRow, Report
from diagnostics.scoring.method import LEVELS, RISES, Careless, LeftOut, MethodFigures, Power, Rank, Reliability

# All judgment, and said to be so on the page. A tau of .8 leaves nine of ten pairs of departments in their order.
_RELIABLE, _FAIR = 0.8, 0.6
_STABLE, _LOOSE = 0.8, 0.6
_OFTEN, _SELDOM = 80, 50
_RANKS = 50


@dataclass(frozen=True)
class Named:
    """A row with the name of what it is about; `word` says what it means."""

    name: str
    row: Reliability | LeftOut | Rank
    word: str


@dataclass(frozen=True)
class Chance:
    """A chance in percent: `text` like "55" or ">95", `grade` one of seldom, sometimes, often."""

    text: str
    grade: str


@dataclass(frozen=True)
class PowerRow:
    """`level` and `change` are empty where a department of the size is as a rule too small for a figure."""

    power: Power
    level: tuple[Chance, ...]
    change: tuple[Chance, ...]


@dataclass(frozen=True)
class MethodPage:
    """`bands` are (band of answers, departments). `ranks` is empty for whoever may not see all departments.

    The sentences: `reliable` on reliability, `order` on the ranking, `reach` on what cannot be shown.
    `tests` are made together in a wave; `level` is what a figure must be above for a level alert, `levels` are the
    true indices that the power is told for.
    """

    report: Report
    noted: bool
    bands: tuple[tuple[str, int], ...]
    reliability: tuple[Named, ...]
    reliable: str
    careless: Careless | None
    shows_index: bool
    left_out: tuple[Named, ...]
    ranks: tuple[Named, ...]
    ranks_left_out: int
    order: str
    power: tuple[PowerRow, ...]
    reach: str
    tests: int
    level: float
    levels: tuple[float, ...]
    rises: tuple[int, ...]

    @property
    def careless_index(self) -> tuple[str, str]:
        """The company's, with those who ticked one option throughout and without them."""
        return (told(self.careless.with_them), told(self.careless.without_them)) if self.careless else ("", "")


def method_page(report: Report, figures: MethodFigures | None, *, whole: bool) -> MethodPage:
    """`report` is the whole company's; `figures` None where none were noted; `whole`: may the reader see all of it."""
    labels = {cell.measure: cell.label for cell in (report.company.index, *report.company.signs)}
    names = {row.key: row.name for row in report.groups}
    found = figures or MethodFigures((), None, (), (), (), 0)
    ranks = tuple(Named(names[rank.key], rank, _moves(rank)) for rank in found.ranks if whole and rank.key in names)
    power = tuple(_power(row) for row in found.power)
    return MethodPage(
        report=report,
        noted=figures is not None,
        bands=_bands(report.groups),
        reliability=tuple(Named(labels[row.measure], row, _grade(row)) for row in found.reliability),
        reliable=_reliable(found.reliability),
        careless=found.careless,
        shows_index=whole,
        left_out=tuple(Named(labels[row.measure], row, _keeps(row)) for row in found.left_out),
        ranks=ranks[:_RANKS],
        ranks_left_out=len(ranks[_RANKS:]),
        order=_order(found.left_out, labels),
        power=power,
        reach=_reach(power),
        tests=found.tests,
        level=found.level,
        levels=tuple(found.level + points for points in LEVELS),
        rises=RISES,
    )


def _bands(groups: Sequence[GroupRow]) -> tuple[tuple[str, int], ...]:
    counted = Counter(row.response_band for row in groups)
    # "under 5" first, then by the number that a band starts with.
    return tuple(
        sorted(counted.items(), key=lambda pair: (pair[0][0].isdigit(), int(pair[0].split("-")[0].split()[-1])))
    )


def _grade(row: Reliability) -> str:
    if row.icc2 is None:
        return "not enough to tell"
    value = row.icc2.value
    return "tells departments apart" if value >= _RELIABLE else "roughly" if value >= _FAIR else "hardly"


def _reliable(rows: Sequence[Reliability]) -> str:
    index = next((row for row in rows if row.measure == INDEX), None)
    if index is None or index.icc2 is None:
        return "Too few departments publish an index to say how well it tells them apart."
    value = index.icc2.value
    if value >= _RELIABLE:
        return "The departments' averages differ far more than chance explains: the index tells departments apart well."
    if value >= _FAIR:
        return "The index tells high from low departments; neighbours in the ranking may well stand in another order."
    return (
        "The departments hardly differ by more than chance explains: the ranking says little, the levels still count."
    )


def _moves(rank: Rank) -> str:
    if rank.best == rank.worst == rank.rank:
        return "stays whichever sign is left out"
    return f"between {rank.best} and {rank.worst}"


def _keeps(row: LeftOut) -> str:
    if row.tau is None:
        return "no order to compare"
    return "order stays" if row.tau >= _STABLE else "order moves somewhat" if row.tau >= _LOOSE else "order hangs on it"


def _order(rows: Sequence[LeftOut], labels: dict[str, str]) -> str:
    known = [row for row in rows if row.tau is not None]
    if not known:
        return "Too few departments publish the index and every sign to compare rankings."
    weakest = min(known, key=lambda row: row.tau or 0)
    name = labels[weakest.measure].lower()
    if (weakest.tau or 0) >= _STABLE:
        rest = "" if weakest.tau == 1 else f"; leaving out {name} moves it most"
        return f"The order of the departments hangs on no single sign{rest}."
    if (weakest.tau or 0) >= _LOOSE:
        return f"The order of the departments moves somewhat with the choice of signs, most of all without {name}."
    return f"The order of the departments hangs on {name}: without it, it would be another."


def _power(row: Power) -> PowerRow:
    return PowerRow(row, tuple(map(_chance, row.level)), tuple(map(_chance, row.change)))


def _chance(percent: int) -> Chance:
    text = ">95" if percent > 95 else "<5" if percent < 5 else f"{_rounded(percent)}"  # noqa: PLR2004
    rounded = _rounded(percent)
    return Chance(text, "often" if rounded >= _OFTEN else "sometimes" if rounded >= _SELDOM else "seldom")


def _rounded(percent: int) -> int:
    return max(round(percent / 5) * 5, 5)


def _reach(rows: Sequence[PowerRow]) -> str:
    """The one sentence to remember: from what size on the middle rise is found."""
    place = len(RISES) // 2
    weak = [row for row in rows if not row.change or _rounded(row.power.change[place]) < _OFTEN]
    if not rows:
        return ""
    if not weak:
        return (
            f"A department that rises by {RISES[place]} points is as a rule found within two waves, whatever its size."
        )
    largest = max(weak, key=lambda row: row.power.answering).power
    size = f"{largest.people} people" if largest.people else f"{largest.answering} answers"
    start = f"A department of {size} or fewer cannot reliably show a rise of {RISES[place]} points"
    if not largest.change:
        return f"{start}: it has too few answers for a figure of its own."
    chance = _rounded(largest.change[place])
    found = f"one of {size} is noticed within two waves with a chance of about {chance} %"
    return f"{start}: {found}, a smaller one less often."
