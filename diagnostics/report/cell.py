"""One figure as every reader gets it."""

from dataclasses import dataclass

from diagnostics.core.disclosure.reasons import SuppressionReason
from diagnostics.report.figures import format_figure, format_interval, format_share_interval


@dataclass(frozen=True)
class Cell:
    """One figure of one group, direction or pair: published, or suppressed with a reason."""

    # "index", a scale's code, one of the two shares, or what report.pairs.directions names.
    measure: str
    # What the measure is called; of the pair map, whose figure it is.
    label: str
    # A diagnostics.choices Status.
    status: str
    # None where the figure is published.
    reason: SuppressionReason | None = None
    # 5 to 95, 100 = risk; a share in percent. None where it is suppressed, as all that follows.
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
    def share_span(self) -> str:
        """The interval of a share, as it is in a sentence: “26 to 64 %”, “at most 32 %”."""
        return format_share_interval(self.low, self.high)

    @property
    def likely(self) -> str:
        """Both, as they are in a sentence."""
        return f"{self.text}, likely {self.span}" if self.shown else ""
