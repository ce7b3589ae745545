"""One figure as every reader gets it."""

from dataclasses import dataclass


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
