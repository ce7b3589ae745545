"""What to do, for a department or for two: remedies of the playbook, each with its reason. Pure, of published figures.

A figure counts from the middle of the scale on, if its interval is no wider than WIDE. Remedies are
ranked by the lower end of the strongest such figure that they answer, then by how many they answer, then by ease.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.text import get_text_list

from diagnostics.choices import RemedyCode
from diagnostics.core.alerts.stage import MIDDLE
from diagnostics.remedies.playbook import BY_CODE, PLAYBOOK, TALK_FIRST, PlaybookRemedy
from diagnostics.report.cell import Cell, format_figure, format_interval
from diagnostics.report.pairs.stagnation import stagnation
from diagnostics.report.report import GroupRow
from diagnostics.wording.stagnation import stagnation_evidence

# An interval wider than this says where to listen, not what to change. Judgment.
WIDE = 20
_ANSWERED = frozenset[str]().union(*(remedy.answers for remedy in PLAYBOOK))
_EXCHANGE = BY_CODE[RemedyCode.GEMBA_EXCHANGE]
_PICTURES = "different_pictures"


@dataclass(frozen=True)
class Evidence:
    """A published figure that speaks for a remedy."""

    # The sign or cause, or JOINT_WORK.
    code: str
    # Its name.
    label: str
    # 0..100.
    value: int
    # The low end of its 90 % interval.
    low: int
    # The high end of its 90 % interval.
    high: int
    # The wave that it is from.
    wave_number: int
    # The department, if there is more than one; else empty.
    where: str = ""

    @property
    def clear(self) -> bool:
        return self.high - self.low <= WIDE

    def __str__(self) -> str:
        where = f" in {self.where}" if self.where else ""
        likely = f"likely {format_interval(self.low, self.high)}, wave {self.wave_number}"
        return f"“{self.label[:1].lower()}{self.label[1:]}” is at {format_figure(self.value)}{where} ({likely})"


@dataclass(frozen=True)
class Proposal:
    """A remedy for one department or two."""

    # What is proposed.
    remedy: PlaybookRemedy
    # Why, in one sentence, with published figures.
    reason: str


@dataclass(frozen=True)
class Gap:
    """How far apart two departments' pictures of client, capacity and market are."""

    # The two departments.
    names: tuple[str, str]
    # Their figures, 0..100.
    values: tuple[int, int]
    # The 90 % intervals of the two: (low, high).
    spans: tuple[tuple[int, int], tuple[int, int]]
    # The waves that the figures are from.
    waves: tuple[int, int]

    @property
    def points(self) -> int:
        return abs(self.values[0] - self.values[1])

    @property
    def texts(self) -> tuple[str, str]:
        return format_figure(self.values[0]), format_figure(self.values[1])

    @property
    def apart(self) -> str:
        """Of a figure at an end of what is shown, the true one may be farther out."""
        least = "" if self.texts == tuple(map(str, self.values)) else "at least "
        if not self.points:
            return "no gap to be seen" if least else "no gap"
        near, far = self.interval
        sure = f"likely {near} to {far}" if near > 0 else "which may be chance"
        return f"{least}{self.points} points apart, {sure}"

    @property
    def interval(self) -> tuple[int, int]:
        """Of the gap, in the direction in which it shows: below 0 is the other one.

        From the two intervals by MOVER: Zou and Donner, Statistics in Medicine 27, 2008, 1693-1702. Cautious, for both
        figures are drawn to one mean.
        """
        low, high = sorted((value, *ends) for value, ends in zip(self.values, self.spans, strict=True))
        near = self.points - math.hypot(high[0] - high[1], low[2] - low[0])
        far = self.points + math.hypot(high[2] - high[0], low[0] - low[1])
        return math.floor(near + 0.5), math.floor(far + 0.5)


def propose(row: GroupRow, wave_number: int) -> tuple[Proposal, ...]:
    """For one department; `wave_number` is that of the wave its row is from."""
    return _proposals(_evidence(row, wave_number))


def propose_pair(
    first: GroupRow, second: GroupRow, wave_number: int, between: Iterable[Evidence] = ()
) -> tuple[Proposal, ...]:
    """For two departments: what each says, and `between` what they say of each other (JOINT_WORK).

    Stagnation in both speaks for an exchange beside the ranked figures: it is a share of people, on no scale with them.
    """
    each = [evidence for row in (first, second) for evidence in _evidence(row, wave_number, where=row.name)]
    found = stagnation(first, second)
    return _proposals([*each, *between], stagnation_evidence(found) if found else "")


def picture_gap(first: GroupRow, second: GroupRow) -> Gap | None:
    """None unless both answers are published."""
    found = [next((cause for cause in row.profile if cause.cell.measure == _PICTURES), None) for row in (first, second)]
    pictures, others = found
    if pictures is None or others is None:
        return None
    figures = published(pictures.cell), published(others.cell)
    if figures[0] is None or figures[1] is None:
        return None
    return Gap(
        (first.name, second.name),
        (figures[0][0], figures[1][0]),
        (figures[0][1:], figures[1][1:]),
        (pictures.wave_number, others.wave_number),
    )


def _evidence(row: GroupRow, wave_number: int, where: str = "") -> list[Evidence]:
    turning = {sign.cell.measure for sign in row.turns}
    core = [_of(cell, wave_number, where) for cell in row.signs if cell.measure not in turning]
    turns = [_of(latest.cell, latest.wave_number, where) for latest in (*row.turns, *row.profile)]
    return [evidence for evidence in (*core, *turns) if evidence]


def _of(cell: Cell, wave_number: int, where: str) -> Evidence | None:
    figures = published(cell)
    if figures is None or cell.measure not in _ANSWERED:
        return None
    return Evidence(cell.measure, cell.label, *figures, wave_number, where)


def published(cell: Cell) -> tuple[int, int, int] | None:
    """Value, low and high; None for a suppressed cell."""
    if cell.value is None or cell.low is None or cell.high is None:
        return None
    return cell.value, cell.low, cell.high


def _proposals(evidence: Sequence[Evidence], stagnant: str = "") -> tuple[Proposal, ...]:
    """What the clear figures support; a talk first where the highest is unclear, or none reaches MIDDLE."""
    high = [figure for figure in evidence if figure.value >= MIDDLE]
    found = _supported([figure for figure in high if figure.clear], stagnant)
    highest = max(high, key=lambda figure: figure.value, default=None)
    if highest is None:
        return (Proposal(TALK_FIRST, f"Because {_nothing(evidence)}: {TALK_FIRST.helps}."), *found)
    if highest.clear:
        return found
    unclear = f"Because {highest}, which is too uncertain to act on: {TALK_FIRST.helps}."
    return (Proposal(TALK_FIRST, unclear), *(proposal for proposal in found if proposal.remedy is not TALK_FIRST))


def _supported(clear: Sequence[Evidence], stagnant: str) -> tuple[Proposal, ...]:
    """The remedies that answer a clear figure, ranked; last the exchange, if only stagnation supports it."""
    answered = [(remedy, _answered(remedy, clear)) for remedy in PLAYBOOK]
    ranked = sorted((pair for pair in answered if pair[1]), key=lambda pair: (-pair[1][0].low, -len(pair[1])))
    if stagnant and _EXCHANGE not in (remedy for remedy, _ in ranked):
        ranked.append((_EXCHANGE, []))
    return tuple(
        Proposal(remedy, _because(remedy, figures, stagnant if remedy is _EXCHANGE else ""))
        for remedy, figures in ranked
    )


def _nothing(evidence: Sequence[Evidence]) -> str:
    """Suppressed figures, and scales that no remedy answers, may well be high: nothing is said of them."""
    if not evidence:
        return "no sign or cause is shown that a remedy addresses"
    return f"no sign or cause shown reaches the middle of the scale ({MIDDLE})"


def _answered(remedy: PlaybookRemedy, clear: Sequence[Evidence]) -> list[Evidence]:
    return sorted((figure for figure in clear if figure.code in remedy.answers), key=lambda figure: -figure.low)


def _because(remedy: PlaybookRemedy, evidence: Sequence[Evidence], stagnant: str) -> str:
    """The two strongest figures at most, and stagnation in both."""
    because = [str(figure) for figure in evidence[:2]]
    if stagnant:
        because.append(stagnant)
    return f"Because {get_text_list(because, 'and')}: {remedy.helps}."
