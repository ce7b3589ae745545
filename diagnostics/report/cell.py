"""One figure as every reader gets it: made from its stored row, and formatted. Clipped ends say that they are ends."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language

from diagnostics.choices import Level
from diagnostics.core.disclosure.reasons import SuppressionReason, shown_reason
from diagnostics.core.disclosure.shares import HIGHEST_SHARE, LOWEST_SHARE
from diagnostics.models import Score
from diagnostics.models.score import CRITICAL_MASS, INDEX, PICK_COMMUNICATION
from surveys.rules.rounding import HIGHEST_SHOWN, LOWEST_SHOWN


@dataclass(frozen=True)
class Cell:
    """One figure of one group, direction or pair: published, or suppressed with a reason."""

    # "index", a scale's code, one of the two shares, or what report.pairs.model names.
    measure: str
    # What the measure is called; of the pair map, whose figure it is.
    label: str
    # A diagnostics.choices Status.
    status: str
    # None where the figure is published.
    reason: SuppressionReason | None = None
    # 5 to 95, 100 = risk; a share in percent, 10 to 90 in steps. None where it is suppressed, as all that follows.
    value: int | None = None
    # The ends of its 90 % interval, 5 to 95.
    low: int | None = None
    high: int | None = None
    # The ends of a wider one, which allows for those who did not answer; None where nobody knows how many.
    outer_low: int | None = None
    outer_high: int | None = None
    # Against the group's last published wave, -90 to 90; None where there is none.
    change: int | None = None
    # A diagnostics.choices Level, or "".
    level: str = ""
    # What the level is called.
    level_label: str = ""

    @property
    def shown(self) -> bool:
        return self.value is not None

    @property
    def asked(self) -> bool:
        """False of the index of a wave that asked nothing it is made of."""
        return self.reason != SuppressionReason.NOT_ASKED

    @property
    def text(self) -> str:
        """The figure as a person reads it: “47”, “≤ 5”, “≥ 95”; empty for a suppressed one."""
        return format_figure(self.value)

    @property
    def span(self) -> str:
        """Its interval: “41 to 53”, “≤ 5 to 12”."""
        return format_interval(self.low, self.high)

    @property
    def share_text(self) -> str:
        """A share as a person reads it: “about 40 %”, “10 % or less”; empty for a suppressed one."""
        return format_share(self.value)

    @property
    def share_span(self) -> str:
        """The interval of a share, as it is in a sentence: “26 to 64 %”, “at most 32 %”."""
        return format_share_interval(self.low, self.high)

    @property
    def likely(self) -> str:
        """Both, as they are in a sentence."""
        return f"{self.text}, likely {self.span}" if self.shown else ""


def measure_labels(questionnaire: Mapping[str, Any]) -> dict[str, str]:
    """What each measure is called, in the order in which measures are shown."""
    return (
        {INDEX: "Conflict-risk index"}
        | {scale["code"]: _in_language(scale["name"]) for scale in questionnaire["scales"]}
        | {
            CRITICAL_MASS: "Critical mass of stagnation",
            PICK_COMMUNICATION: "Most hindered by communication between departments",
        }
    )


def to_cell(score: Score, label: str, *, watched: bool = False) -> Cell:
    """`watched` says that a rise is on watch: a figure that else is steady is worth watching then."""
    level = Level.WATCH if watched and score.level == Level.STEADY else score.level
    return Cell(
        measure=score.measure,
        label=label,
        status=score.status,
        reason=shown_reason(score.reason),
        value=_whole(score.value),
        low=_whole(score.low),
        high=_whole(score.high),
        outer_low=_whole(score.outer_low),
        outer_high=_whole(score.outer_high),
        change=_whole(score.change),
        level=level,
        level_label=Level(level).label if level else "",
    )


def format_figure(value: int | None) -> str:
    """“47”, “≤ 5”, “≥ 95”; empty for a suppressed figure."""
    if value is None:
        return ""
    return f"≤ {value}" if value <= LOWEST_SHOWN else f"≥ {value}" if value >= HIGHEST_SHOWN else str(value)


def format_interval(low: int | None, high: int | None) -> str:
    """“41 to 53”, “≤ 5 to 12”; empty for a suppressed figure.

    Never with a dash, which would read as a sign before “≥”.
    """
    return "" if low is None or high is None else f"{format_figure(low)} to {format_figure(high)}"


def format_share(value: int | None) -> str:
    """“about 40 %”, “10 % or less”, “90 % or more”: shares are published in steps; empty for a suppressed one."""
    if value is None:
        return ""
    return (
        f"{value} % or less"
        if value <= LOWEST_SHARE
        else f"{value} % or more"
        if value >= HIGHEST_SHARE
        else f"about {value} %"
    )


def format_share_interval(low: int | None, high: int | None) -> str:
    """The interval of a share, in a sentence: “26 to 64 %”, “at most 32 %” where its lower end was clipped."""
    if low is None or high is None:
        return ""
    if low <= LOWEST_SHOWN and high >= HIGHEST_SHOWN:
        return "anything"
    if low <= LOWEST_SHOWN:
        return f"at most {high} %"
    return f"at least {low} %" if high >= HIGHEST_SHOWN else f"{low} to {high} %"


def _whole(figure: float | None) -> int | None:
    return None if figure is None else round(figure)


def _in_language(texts: Mapping[str, str]) -> str:
    """The text in the reader's language, else in the first that it was written in."""
    return texts.get((get_language() or "").split("-")[0]) or next(iter(texts.values()))
