"""What a scored wave says, as every page, command and mail reads it (diagnostics.report.selectors makes it).

Figures are whole numbers, 0-100 with 100 = risk, clipped to 5..95 at scoring. A hidden cell has a reason and None
for every figure.
"""

import datetime as dt
import uuid
from dataclasses import dataclass, field

from diagnostics.choices import AlertEvent, AlertKind
from diagnostics.report.cell import Cell
from diagnostics.report.pairs.model import PairMap


@dataclass(frozen=True)
class Alert:
    """`event` is a diagnostics.choices AlertEvent, `kind` an AlertKind; `reason` is a whole sentence.

    `since_wave` is the number of the wave that raised it; None for one that is not raised yet, but on watch.
    """

    key: str
    group_name: str
    measure: str
    label: str
    event: str
    since_wave: int | None
    reason: str
    kind: str = AlertKind.LEVEL

    @property
    def ongoing(self) -> bool:
        return self.event in (AlertEvent.RAISED, AlertEvent.HELD)


@dataclass(frozen=True)
class Dated:
    """A published figure with the wave that it is from: signs and causes that take turns are not in every wave."""

    cell: Cell
    wave_number: int
    opens_at: dt.datetime


@dataclass(frozen=True)
class SignSeen:
    """One sign that a stage rests on."""

    code: str
    label: str
    wave_number: int
    raised: bool


@dataclass(frozen=True)
class StageRow:
    """`code` is a diagnostics.choices Stage, or "" where none is told; then `reason` says why.

    `words` is a sentence on it. `whole` says that it rests on all eleven signs; else it is told as far as they are
    shown.
    """

    code: str = ""
    label: str = ""
    words: str = ""
    reason: str = ""
    whole: bool = False
    basis: tuple[SignSeen, ...] = ()


@dataclass(frozen=True)
class GroupRow:
    """`depth` is 0 at the top of what the reader sees. `response_band` is like "15-19" or "under 5", `rate_text` like
    "about 60 %" or "≥ 90 %", empty where too few answered.

    `causes` never enter the index. `critical_mass` and `communication` (the people who name communication between
    departments as what hindered them most) are shares in percent, None where they were not asked.

    `alerts` are those of figures that were raised, stand or are over; `watches` rises that are no alert yet;
    `participation` is what became of the alert of a fallen response, None where there is none.

    `turns` are the latest published figures, within a rotation, of the signs that take turns, `profile` those of the
    causes, the highest first. `departments` are ids, of those whose people are counted here.
    """

    key: str
    name: str
    kind: str
    parent_key: str | None
    depth: int
    response_band: str
    rate_text: str
    caution: bool
    index: Cell
    signs: tuple[Cell, ...] = ()
    causes: tuple[Cell, ...] = ()
    critical_mass: Cell | None = None
    communication: Cell | None = None
    alerts: tuple[Alert, ...] = ()
    watches: tuple[Alert, ...] = ()
    participation: Alert | None = None
    stage: StageRow = StageRow()
    turns: tuple[Dated, ...] = ()
    profile: tuple[Dated, ...] = ()
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
    """`state` is a surveys.choices WaveState. `imported`: it was held elsewhere, and nobody knows when it opened."""

    id: uuid.UUID
    survey_name: str
    number: int
    opens_at: dt.datetime
    closes_at: dt.datetime
    state: str
    imported: bool = False


@dataclass(frozen=True)
class TrendPoint:
    wave_id: uuid.UUID
    wave_number: int
    opens_at: dt.datetime
    cell: Cell


@dataclass(frozen=True)
class Report:
    """`groups` are the reporting groups by index, highest first, hidden ones last; `divisions` the nodes above them.

    `alerts`, `watches` and `participation` are those of all rows (GroupRow). Mails get no watches.

    `company` is the widest row that the reader may see: for somebody with a part of the company, that part.
    `method` is the version of the estimator, `min_group_size` the fewest respondents a figure may rest on.
    """

    wave: WaveInfo
    previous: WaveInfo | None
    company: GroupRow
    groups: tuple[GroupRow, ...]
    divisions: tuple[GroupRow, ...]
    alerts: tuple[Alert, ...]
    method: str
    min_group_size: int
    watches: tuple[Alert, ...] = ()
    participation: tuple[Alert, ...] = ()
    pairs: PairMap = field(default_factory=PairMap)
