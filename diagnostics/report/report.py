"""What a scored wave says, as every page, command and mail reads it (diagnostics.report.selectors makes it).

Figures are whole numbers, 0-100 with 100 = risk, clipped to 5..95 at scoring. A suppressed cell has a reason and None
for every figure.
"""

import datetime as dt
import uuid
from dataclasses import dataclass, field
from enum import StrEnum

from diagnostics.core.alerts.reasons.codes import ONGOING_EVENTS, AlertEvent, AlertKind
from diagnostics.core.alerts.reasons.common import AlertReason
from diagnostics.core.alerts.stage import SIGNS
from diagnostics.report.cell import Cell
from diagnostics.report.pairs.model import PairMap
from surveys.rules.rounding import GroupResponse


@dataclass(frozen=True)
class Alert:
    """One alert of a group, as the wave left it; diagnostics.wording.alerts makes a sentence of it."""

    # Key and name of the group.
    key: str
    group_name: str
    # The code of the index or of a sign, or that of the response, and what it is called.
    measure: str
    label: str
    # What the wave did to the alert.
    event: AlertEvent
    # Why it did that.
    reason: AlertReason
    # Number of the wave that raised it; None for one that is not raised yet, but on watch.
    since_wave: int | None
    # When that wave opened; None where its figures are not stored.
    since_opened: dt.datetime | None = None
    # An AlertKind.
    kind: str = AlertKind.LEVEL

    @property
    def ongoing(self) -> bool:
        """Raised by this wave or an earlier one, and not over."""
        return self.event in ONGOING_EVENTS


@dataclass(frozen=True)
class LatestFigure:
    """The latest published figure of a sign or cause that takes turns, with the wave that it is from."""

    # The figure.
    cell: Cell
    # Counts the waves of the survey from 1.
    wave_number: int
    # When that wave opened.
    opens_at: dt.datetime


@dataclass(frozen=True)
class StageSign:
    """One sign that a stage rests on."""

    # The code of its scale.
    code: str
    # What the sign is called.
    label: str
    # The wave that its figure is from.
    wave_number: int
    # Whether it is above the middle of the scale with at least 80 % certainty.
    raised: bool


class NoStageReason(StrEnum):
    """Why a group has no stage."""

    # The survey does not ask for the core signs that a stage needs.
    NOT_ASKED = "not_asked"
    # None of the core signs is published in this wave.
    NONE_SHOWN = "none_shown"


@dataclass(frozen=True)
class StageRow:
    """The stage of a group, or why there is none."""

    # A diagnostics.choices Stage; "" where there is none.
    code: str = ""
    # Why there is no stage; None where there is one.
    reason: NoStageReason | None = None
    # Whether it rests on all signs; else on those that are shown.
    whole: bool = False
    # The signs it rests on.
    basis: tuple[StageSign, ...] = ()

    @property
    def signs_in_all(self) -> int:
        return len(SIGNS)


@dataclass(frozen=True)
class GroupRow:
    """One group of a wave: a reporting group, a division or the company."""

    # The key of the group, the same in every wave that counts the same departments.
    key: str
    # As shown: that of the department, or of several.
    name: str
    # A diagnostics.choices GroupKind.
    kind: str
    # The nearest group above that the reader may see; None at the top.
    parent_key: str | None
    # The number of groups above that the reader may see, from 0.
    depth: int
    # How many answered; None of a row that only says that its figures are outside the reader's departments.
    response: GroupResponse | None
    # Whether so few answered that figures are to be read with caution.
    caution: bool
    # The conflict-risk index.
    index: Cell
    # The signs that the wave asked about.
    signs: tuple[Cell, ...] = ()
    # The causes that the wave asked about. They never enter the index.
    causes: tuple[Cell, ...] = ()
    # The share of people who agree that they stagnate, in percent; None where it was not asked.
    critical_mass: Cell | None = None
    # The share who name communication between departments as the worst hindrance, in percent; None where not asked.
    communication: Cell | None = None
    # Alerts of figures that were raised, are ongoing, or are over.
    alerts: tuple[Alert, ...] = ()
    # Rises that are not an alert yet.
    watches: tuple[Alert, ...] = ()
    # What became of the alert of a fallen response; None where there is none.
    participation: Alert | None = None
    # How far the conflict has gone, as far as published signs say.
    stage: StageRow = StageRow()
    # The latest published figures, within a rotation, of the signs that take turns.
    turns: tuple[LatestFigure, ...] = ()
    # The latest published figures, within a rotation, of the causes; the highest first.
    profile: tuple[LatestFigure, ...] = ()
    # The ids of the departments whose people are counted here.
    departments: tuple[int, ...] = ()

    @property
    def response_unknown(self) -> bool:
        """Nobody knows how many were asked: then no published figure has an outer band."""
        shown = [cell for cell in (self.index, *self.signs, *self.causes) if cell.shown]
        return bool(shown) and all(cell.outer_low is None for cell in shown)

    @property
    def all_alerts(self) -> tuple[Alert, ...]:
        """With what is on watch, and with the response."""
        return (*self.alerts, *self.watches, *([self.participation] if self.participation else []))


@dataclass(frozen=True)
class WaveInfo:
    """A scored wave."""

    # Of the row.
    id: uuid.UUID
    # The name of its survey.
    survey_name: str
    # Counts the waves of the survey from 1.
    number: int
    # When it opened; of an imported one, reckoned from its end.
    opens_at: dt.datetime
    # When it closed.
    closes_at: dt.datetime
    # A surveys.choices WaveState.
    state: str
    # Whether it took place elsewhere: then nobody knows when it really opened.
    imported: bool = False


@dataclass(frozen=True)
class TrendPoint:
    """One measure of one group in one wave."""

    # The wave that the figure is from.
    wave_id: uuid.UUID
    # Counts the waves of the survey from 1.
    wave_number: int
    # When that wave opened.
    opens_at: dt.datetime
    # The figure, or why it is suppressed.
    cell: Cell


@dataclass(frozen=True)
class Report:
    """What one reader gets of one wave."""

    # The wave that is read.
    wave: WaveInfo
    # The scored wave before it; None for the first.
    previous: WaveInfo | None
    # The widest row that the reader may see: for a reader with a part of the company, that part.
    company: GroupRow
    # The reporting groups, the highest index first, suppressed ones last.
    groups: tuple[GroupRow, ...]
    # The groups above them, in the same order.
    divisions: tuple[GroupRow, ...]
    # The alerts of all rows (GroupRow.alerts).
    alerts: tuple[Alert, ...]
    # The version of the estimator.
    method: str
    # The fewest respondents that a figure may rest on.
    min_group_size: int
    # The watches of all rows (GroupRow.watches); empty in mails.
    watches: tuple[Alert, ...] = ()
    # The participation alerts of all rows.
    participation: tuple[Alert, ...] = ()
    # What the reader may see of the pair map.
    pairs: PairMap = field(default_factory=PairMap)

    @property
    def rows_by_key(self) -> dict[str, GroupRow]:
        """The divisions and groups, without the company."""
        return {row.key: row for row in (*self.divisions, *self.groups)}
