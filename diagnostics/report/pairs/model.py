"""What a scored wave says of pairs of departments, as every page, command and mail reads it."""

from dataclasses import dataclass, replace

from diagnostics.choices import PairLevel
from diagnostics.core.pairs.codes import ModelReason
from diagnostics.report.cell import Cell


@dataclass(frozen=True)
class End:
    """One end of a direction; the company stands for everybody."""

    # The same for the same set of departments in every wave.
    key: str
    name: str
    # A choices.GroupKind.
    kind: str
    # Their ids.
    departments: frozenset[int]


@dataclass(frozen=True)
class Direction:
    """What `rater` says of `rated`."""

    # A choices.PairLevel.
    level: str
    rater: End
    rated: End
    # The figure.
    cell: Cell
    # The percentage that needed contact and had none.
    no_contact: Cell
    # How many rated, like "10-14"; empty where the figure is suppressed.
    response_band: str
    # A core.pairs.codes PairModel; empty where the figure is suppressed.
    model: str
    # Why by the simpler model; None where it is not.
    model_reason: ModelReason | None


@dataclass(frozen=True)
class Pair:
    """A pair of which both directions are published."""

    # A choices.PairLevel.
    level: str
    first: End
    second: End
    # The mean of both directions.
    cell: Cell
    # -90 to 90, positive where `first` finds it worse; with the ends of its 90 % interval.
    asymmetry: int
    asymmetry_low: int
    asymmetry_high: int
    # A core.pairs.codes PairModel.
    model: str
    # Why by the simpler model; None where it is not.
    model_reason: ModelReason | None

    @property
    def one_sided(self) -> bool:
        """Whether the two see it differently for certain, as certainly as a 90 % interval can tell."""
        return self.asymmetry_low > 0 or self.asymmetry_high < 0

    def turned(self) -> "Pair":
        """The same pair, seen from the other end."""
        return replace(
            self,
            first=self.second,
            second=self.first,
            cell=replace(self.cell, label=f"{self.second.name} and {self.first.name}"),
            asymmetry=-self.asymmetry,
            asymmetry_low=-self.asymmetry_high,
            asymmetry_high=-self.asymmetry_low,
        )


@dataclass(frozen=True)
class PairMap:
    """What a reader may see of a wave's pair map."""

    # By the names of rater and rated.
    directions: tuple[Direction, ...] = ()
    # By their figure, the highest first.
    pairs: tuple[Pair, ...] = ()

    def at(self, level: PairLevel) -> tuple[Direction, ...]:
        return tuple(direction for direction in self.directions if direction.level == level)

    def pairs_at(self, level: PairLevel) -> tuple[Pair, ...]:
        return tuple(pair for pair in self.pairs if pair.level == level)
