"""What a scored wave says of pairs of departments, as every page, command and mail reads it."""

from dataclasses import dataclass, replace

from diagnostics.choices import PairLevel
from diagnostics.report.cell import Cell


@dataclass(frozen=True)
class End:
    """One end of a cell. `kind` is a choices.GroupKind; the company stands for everybody."""

    key: str
    name: str
    kind: str
    departments: frozenset[int]


@dataclass(frozen=True)
class Direction:
    """What `rater` says of `rated`. `no_contact` is the percentage that needed contact and had none.

    `level` is a choices.PairLevel, `model` a choices.PairModel, with the reason where it is the simpler one.
    """

    level: str
    rater: End
    rated: End
    cell: Cell
    no_contact: Cell
    response_band: str
    model: str
    model_reason: str


@dataclass(frozen=True)
class Pair:
    """The mean of both directions. `asymmetry` is -90..90, positive where `first` finds it worse."""

    level: str
    first: End
    second: End
    cell: Cell
    asymmetry: int
    asymmetry_low: int
    asymmetry_high: int
    model: str
    model_reason: str

    @property
    def one_sided(self) -> bool:
        """Whether the two see it differently for certain, as certainly as a 90 % interval can tell."""
        return self.asymmetry_low > 0 or self.asymmetry_high < 0

    def turned(self) -> "Pair":
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
    """The directions by who speaks; the pairs by their figure, highest first."""

    directions: tuple[Direction, ...] = ()
    pairs: tuple[Pair, ...] = ()

    def at(self, level: PairLevel) -> tuple[Direction, ...]:
        return tuple(direction for direction in self.directions if direction.level == level)

    def pairs_at(self, level: PairLevel) -> tuple[Pair, ...]:
        return tuple(pair for pair in self.pairs if pair.level == level)
