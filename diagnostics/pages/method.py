"""What the method page of a wave shows: how sure its figures are, plain words first."""

from collections import Counter
from dataclasses import dataclass

from diagnostics.report.cell import format_figure, format_share, format_share_interval
from diagnostics.report.report import Report
from diagnostics.scoring.method import LEVELS, RISES, Careless, LeftOut, MethodFigures, Power, Rank, Reliability
from diagnostics.wording import method as words
from surveys.rules.rounding import Band, GroupResponse

_RANKS = 50


@dataclass(frozen=True)
class NamedRow:
    """A row of a table with its name and its meaning."""

    # The figure, sign or department that the row is about.
    name: str
    # The row as it was noted.
    row: Reliability | LeftOut | Rank
    # What it says, in a few words.
    word: str


@dataclass(frozen=True)
class Chance:
    """The chance that an alert finds a department."""

    # In percent, like "55" or ">95".
    text: str
    # "seldom", "sometimes" or "often".
    grade: str


@dataclass(frozen=True)
class PowerRow:
    """What a wave can show of departments of one size. Without chances where they have too few answers for a figure."""

    # The sizes and numbers of those departments.
    power: Power
    # The chance of a level alert, for each of `MethodPage.true_indices`.
    level_alert: tuple[Chance, ...]
    # The chance of a change alert, for each of `MethodPage.rises`.
    change_alert: tuple[Chance, ...]


@dataclass(frozen=True)
class MethodPage:
    """What the page of a wave shows to one reader."""

    # What the reader gets of the wave.
    report: Report
    # Whether scoring recorded how sure the wave's figures are.
    noted: bool
    # How many departments answered in which band: (answers without their rate, departments).
    bands: tuple[tuple[GroupResponse, int], ...]
    # How well the index and each sign distinguish departments.
    reliability: tuple[NamedRow, ...]
    # A sentence on how well the index distinguishes departments.
    reliable: str
    # The people who ticked one option throughout; None where they are suppressed.
    careless: Careless | None
    # Whether the reader may see the company's index.
    shows_index: bool
    # The ranking without each sign.
    left_out: tuple[NamedRow, ...]
    # The rank of each department; empty for readers who may not see all of them.
    ranks: tuple[NamedRow, ...]
    # How many departments are not in `ranks` because it is cut.
    ranks_left_out: int
    # A sentence on whether the ranking depends on one sign.
    order: str
    # What can be found, a row for each step of size.
    power: tuple[PowerRow, ...]
    # A sentence on what the wave cannot show.
    reach: str
    # How many tests a wave makes at once.
    tests: int
    # The index that a figure must be above for a level alert, 0 to 100.
    alert_level: float
    # The true indices that the power is computed for, 0 to 100.
    true_indices: tuple[float, ...]
    # The rises that the power is computed for, in points.
    rises: tuple[int, ...]

    @property
    def careless_share(self) -> tuple[str, str]:
        """The share of those who ticked one option throughout, and its interval."""
        if not self.careless:
            return "", ""
        return format_share(self.careless.percent), format_share_interval(self.careless.low, self.careless.high)

    @property
    def careless_index(self) -> tuple[str, str]:
        """The company's, with those who ticked one option throughout and without them."""
        if not self.careless:
            return "", ""
        return format_figure(self.careless.with_them), format_figure(self.careless.without_them)


def method_page(report: Report, figures: MethodFigures | None, *, whole: bool) -> MethodPage:
    """`report` is the whole company's; `figures` None where none were noted; `whole`: may the reader see all of it."""
    labels = {cell.measure: cell.label for cell in (report.company.index, *report.company.signs)}
    names = {row.key: row.name for row in report.groups}
    found = figures or MethodFigures((), None, (), (), (), 0)
    shown = [rank for rank in found.ranks if whole and rank.key in names]
    return MethodPage(
        report=report,
        noted=figures is not None,
        bands=_bands(report),
        reliability=tuple(
            NamedRow(labels[row.measure], row, words.reliability_grade(row)) for row in found.reliability
        ),
        reliable=words.reliability_sentence(found.reliability),
        careless=found.careless,
        shows_index=whole,
        left_out=tuple(NamedRow(labels[row.measure], row, words.ranking_grade(row)) for row in found.left_out),
        ranks=tuple(NamedRow(names[rank.key], rank, words.rank_range(rank)) for rank in shown[:_RANKS]),
        ranks_left_out=len(shown[_RANKS:]),
        order=words.ranking_sentence(found.left_out, labels),
        power=tuple(_power(row) for row in found.power),
        reach=words.power_sentence(found.power),
        tests=found.tests,
        alert_level=found.level,
        true_indices=tuple(found.level + points for points in LEVELS),
        rises=RISES,
    )


def _bands(report: Report) -> tuple[tuple[GroupResponse, int], ...]:
    """Those below the minimum group size first, then the bands upwards."""
    counted = Counter(row.response.band for row in report.groups if row.response)
    return tuple(
        (GroupResponse(report.min_group_size, band), counted[band])
        for band in sorted(counted, key=lambda band: band or Band(0, 0))
    )


def _power(row: Power) -> PowerRow:
    return PowerRow(row, tuple(map(_chance, row.level)), tuple(map(_chance, row.change)))


def _chance(percent: int) -> Chance:
    return Chance(words.chance_text(percent), words.chance_grade(percent))
