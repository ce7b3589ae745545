"""Linear scales from figures to places on a canvas."""

from collections.abc import Sequence
from dataclasses import dataclass

TICKS = (0, 25, 50, 75, 100)


@dataclass(frozen=True)
class Linear:
    """Maps figures to places, to a tenth of a unit. The places may run backwards."""

    # The figure at `start`.
    first: float
    # The figure at `end`.
    last: float
    # The place of the first figure.
    start: float
    # The place of the last figure.
    end: float

    def __call__(self, figure: float) -> float:
        if self.first == self.last:
            return round((self.start + self.end) / 2, 1)
        share = (figure - self.first) / (self.last - self.first)
        return round(self.start + share * (self.end - self.start), 1)


def runs(figures: Sequence[int | None]) -> list[list[int]]:
    """The places of figures that follow each other without a gap: [3, 4, None, 5] gives [[0, 1], [3]]."""
    found: list[list[int]] = []
    for place, figure in enumerate(figures):
        if figure is None:
            continue
        if found and found[-1][-1] == place - 1:
            found[-1].append(place)
        else:
            found.append([place])
    return found


def points(pairs: Sequence[tuple[float, float]]) -> str:
    """The `points` attribute of a line or an area."""
    return " ".join(f"{x:g},{y:g}" for x, y in pairs)
