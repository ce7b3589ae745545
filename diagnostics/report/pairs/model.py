"""What a scored wave says of pairs of departments, as every page, command and mail reads it."""

from dataclasses import dataclass, replace

from diagnostics.choices import RaterKind, Status
from diagnostics.core.disclosure.reasons import shown_reason
from diagnostics.core.pairs.codes import ModelReason, ModelReasonCode
from diagnostics.models import PairIndex, PairNode, PairScore, Snapshot
from diagnostics.report.cell import Cell
from diagnostics.report.visibility import Within, may_see_direction, may_see_pair
from surveys.rules.rounding import Band

PAIR, NO_CONTACT, ASYMMETRY = "pair", "no_contact", "asymmetry"


@dataclass(frozen=True)
class End:
    """One end of a direction; the company means everybody."""

    # The same for the same set of departments in every wave.
    key: str
    # As shown: that of the department, or of several.
    name: str
    # A choices.GroupKind.
    kind: str
    # Their ids.
    departments: frozenset[int]


@dataclass(frozen=True)
class Direction:
    """What `rater` says of `rated`."""

    # A choices.RaterKind.
    rater_kind: str
    # Who says it.
    rater: End
    # Whom it is about.
    rated: End
    # The figure.
    cell: Cell
    # The percentage that needed contact and had none.
    no_contact: Cell
    # How many rated; None where the figure is suppressed.
    raters: Band | None
    # A core.pairs.codes PairModel; empty where the figure is suppressed.
    model: str
    # Why the simpler model was used; None where it was not.
    model_reason: ModelReason | None


@dataclass(frozen=True)
class Pair:
    """A pair of which both directions are published."""

    # A choices.RaterKind.
    rater_kind: str
    # Who finds it worse, unless the pair was turned.
    first: End
    # The other one.
    second: End
    # The mean of both directions.
    cell: Cell
    # -90 to 90, positive where `first` finds it worse; with the ends of its 90 % interval.
    asymmetry: int
    asymmetry_low: int
    asymmetry_high: int
    # A core.pairs.codes PairModel.
    model: str
    # Why the simpler model was used; None where it was not.
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

    def directions_by(self, rater_kind: RaterKind) -> tuple[Direction, ...]:
        return tuple(direction for direction in self.directions if direction.rater_kind == rater_kind)

    def between(self, key: str, other: str) -> tuple[Direction, ...]:
        """What two groups or divisions say of each other."""
        ends = {key, other}
        return tuple(direction for direction in self.directions if {direction.rater.key, direction.rated.key} == ends)

    def pairs_by(self, rater_kind: RaterKind) -> tuple[Pair, ...]:
        return tuple(pair for pair in self.pairs if pair.rater_kind == rater_kind)


def pair_map(snapshot: Snapshot, *, within: Within) -> PairMap:
    """What the reader of the departments `within` may see. Two queries, however large the company."""
    scores = PairScore.objects.filter(rater__snapshot=snapshot).select_related("rater", "rated")
    indices = PairIndex.objects.filter(first__snapshot=snapshot).select_related("first", "second")
    return PairMap(
        directions=tuple(
            _direction(row)
            for row in scores.order_by("rater__name", "rated__name")
            if may_see_direction(row.rater_kind, row.rater.departments, row.rated.departments, within)
        ),
        pairs=tuple(
            _pair(row)
            for row in indices.order_by("-value", "first__name", "second__name")
            if may_see_pair(row.first.departments, row.second.departments, within)
        ),
    )


def _direction(row: PairScore) -> Direction:
    label, low, high = _about(row.rater, row.rated), row.response_low, row.response_high
    return Direction(
        rater_kind=row.rater_kind,
        rater=_end(row.rater),
        rated=_end(row.rated),
        cell=Cell(PAIR, label, row.status, shown_reason(row.reason), row.value, row.low, row.high),
        no_contact=Cell(
            NO_CONTACT,
            label,
            Status.PUBLISHED if row.no_contact is not None else Status.SUPPRESSED,
            shown_reason(row.no_contact_reason),
            row.no_contact,
            row.no_contact_low,
            row.no_contact_high,
        ),
        raters=None if low is None or high is None else Band(low, high),
        model=row.model,
        model_reason=_model_reason(row),
    )


def _about(rater: PairNode, rated: PairNode) -> str:
    return f"Inside {rater.name}" if rater == rated else f"{rater.name} about {rated.name}"


def _pair(row: PairIndex) -> Pair:
    """The one who finds it worse comes first."""
    label = f"{row.first.name} and {row.second.name}"
    pair = Pair(
        rater_kind=row.rater_kind,
        first=_end(row.first),
        second=_end(row.second),
        cell=Cell(PAIR, label, Status.PUBLISHED, None, row.value, row.low, row.high),
        asymmetry=row.asymmetry,
        asymmetry_low=row.asymmetry_low,
        asymmetry_high=row.asymmetry_high,
        model=row.model,
        model_reason=_model_reason(row),
    )
    return pair if row.asymmetry >= 0 else pair.turned()


def _model_reason(row: PairScore | PairIndex) -> ModelReason | None:
    return ModelReason(ModelReasonCode(row.model_reason), **row.model_arguments) if row.model_reason else None


def _end(node: PairNode) -> End:
    return End(node.key, node.name, node.kind, frozenset(node.departments))
