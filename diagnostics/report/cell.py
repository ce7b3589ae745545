"""One figure as every reader gets it."""

from dataclasses import dataclass

from diagnostics.core.disclosure.reasons import NOT_ASKED
from diagnostics.report.figures import format_figure, format_interval, format_share_interval


@dataclass(frozen=True)
class Cell:
    """One measure of one group, with its 90 % interval; `outer_low`..`outer_high` allow for those who were silent.

    `change` is against the group's last published wave, None where there is none. `level` is a diagnostics.choices
    Level or "", `level_label` its words; `status` a diagnostics.choices Status.
    """

    measure: str
    label: str
    status: str
    reason: str = ""
    value: int | None = None
    low: int | None = None
    high: int | None = None
    outer_low: int | None = None
    outer_high: int | None = None
    change: int | None = None
    level: str = ""
    level_label: str = ""

    @property
    def shown(self) -> bool:
        return self.value is not None

    @property
    def asked(self) -> bool:
        """False of the index of a wave that asked nothing it is made of."""
        return self.reason != NOT_ASKED

    @property
    def gap(self) -> str:
        """The one or two words for a figure that is not there."""
        return "hidden" if self.asked else "no index"

    @property
    def why_hidden(self) -> str:
        """What stands in place of a figure; empty where there is one."""
        if self.shown:
            return ""
        return f"Hidden to protect anonymity: {self.reason}" if self.asked else f"No index: {self.reason}"

    @property
    def text(self) -> str:
        """The figure as a person reads it: “47”, “≤ 5”, “≥ 95”; empty for a hidden one."""
        return format_figure(self.value)

    @property
    def span(self) -> str:
        """Its interval: “41 to 53”, “≤ 5 to 12”."""
        return format_interval(self.low, self.high)

    @property
    def share_span(self) -> str:
        """The interval of a share, as it stands in a sentence: “26 to 64 %”, “at most 32 %”."""
        return format_share_interval(self.low, self.high)

    @property
    def likely(self) -> str:
        """Both, as they stand in a sentence."""
        return f"{self.text}, likely {self.span}" if self.shown else ""
