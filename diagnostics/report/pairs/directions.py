"""From stored rows of the pair map to what readers get. Nothing is decided here but who may see which direction."""

from diagnostics.choices import Status
from diagnostics.core.disclosure.reasons import shown_reason
from diagnostics.core.pairs.codes import ModelReason, ModelReasonCode
from diagnostics.models import PairIndex, PairNode, PairScore, Snapshot
from diagnostics.report.cell import Cell
from diagnostics.report.pairs.model import Direction, End, Pair, PairMap
from diagnostics.report.visibility import Within, may_see_direction, may_see_pair

PAIR, NO_CONTACT, ASYMMETRY = "pair", "no_contact", "asymmetry"


def pair_map(snapshot: Snapshot, *, within: Within) -> PairMap:
    """What the reader of the departments `within` may see. Two queries, however large the company."""
    scores = PairScore.objects.filter(rater__snapshot=snapshot).select_related("rater", "rated")
    indices = PairIndex.objects.filter(first__snapshot=snapshot).select_related("first", "second")
    return PairMap(
        directions=tuple(
            _direction(row)
            for row in scores.order_by("rater__name", "rated__name")
            if may_see_direction(row.level, row.rater.departments, row.rated.departments, within)
        ),
        pairs=tuple(
            _pair(row)
            for row in indices.order_by("-value", "first__name", "second__name")
            if may_see_pair(row.first.departments, row.second.departments, within)
        ),
    )


def _direction(row: PairScore) -> Direction:
    label = _about(row.rater, row.rated)
    return Direction(
        level=row.level,
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
        response_band=row.response_band,
        model=row.model,
        model_reason=_model_reason(row),
    )


def _about(rater: PairNode, rated: PairNode) -> str:
    return f"Inside {rater.name}" if rater == rated else f"{rater.name} about {rated.name}"


def _pair(row: PairIndex) -> Pair:
    """The one who finds it worse comes first."""
    label = f"{row.first.name} and {row.second.name}"
    pair = Pair(
        level=row.level,
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
