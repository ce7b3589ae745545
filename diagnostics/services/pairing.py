"""The pair map of one wave: computed and judged before anything of it is stored, then frozen with the snapshot."""

from collections.abc import Iterable

from django.conf import settings

from diagnostics.choices import Status
from diagnostics.core.disclosure.reasons import stored_reason
from diagnostics.models import PairIndex, PairNode, PairScore, Snapshot
from diagnostics.scoring.key import PairScoringKey
from diagnostics.scoring.pairs.compute import (
    ComputedDirection,
    ComputedPair,
    ComputedPairMap,
    PairFigure,
    compute_pairs,
)
from diagnostics.scoring.pairs.ends import PairEnd, pair_ends
from surveys.rules.limits import BATCH_SIZE
from surveys.rules.rounding import WIDEST_SHOWN, whole
from surveys.selectors import results
from surveys.selectors.people import read_departments
from surveys.selectors.results import ClosedWave

_Nodes = dict[str, PairNode]


def pairs_of(
    wave: ClosedWave, scoring_key: PairScoringKey, *, changed: frozenset[int] = frozenset()
) -> ComputedPairMap:
    """Of a wave that asked about counterparts. Raises ValueError where ratings do not fit the questionnaire.

    `changed` are ids of departments that a few came to or left since they were published last.
    """
    blocks = results.rating_blocks(wave.id)
    rated = {block.counterpart for block in blocks}
    departments = read_departments()
    ends = pair_ends(results.final_groups(wave.id), departments, rated, company=settings.ORGANISATION)
    return compute_pairs(scoring_key, ends, blocks, min_group_size=wave.min_group_size, changed=changed)


def store_pairs(snapshot: Snapshot, pairs: ComputedPairMap) -> None:
    """In the caller's transaction."""
    ends = {end.key: end for direction in pairs.directions for end in (direction.rater, direction.rated)}
    nodes = {key: _node(snapshot, end) for key, end in ends.items()}
    PairNode.objects.bulk_create(nodes.values(), batch_size=BATCH_SIZE)
    PairScore.objects.bulk_create(_scores(pairs.directions, nodes), batch_size=BATCH_SIZE)
    PairIndex.objects.bulk_create(_indices(pairs.pairs, nodes), batch_size=BATCH_SIZE)


def _node(snapshot: Snapshot, end: PairEnd) -> PairNode:
    departments = list(end.departments)
    return PairNode(snapshot=snapshot, key=end.key, name=end.name, kind=end.kind, departments=departments)


def _scores(directions: Iterable[ComputedDirection], nodes: _Nodes) -> Iterable[PairScore]:
    for direction in directions:
        row = PairScore(
            rater_kind=direction.rater_kind,
            rater=nodes[direction.rater.key],
            rated=nodes[direction.rated.key],
            status=Status.SUPPRESSED if direction.rule else Status.PUBLISHED,
            reason=stored_reason(direction.rule) if direction.rule else "",
            no_contact_reason=stored_reason(direction.share_rule) if direction.share_rule else "",
        )
        if direction.figure:
            row.response_low, row.response_high = direction.raters
            row.value, row.low, row.high = _whole(direction.figure)
            _fill_model(row, direction)
        if direction.share:
            row.no_contact, row.no_contact_low, row.no_contact_high = _whole(direction.share)
        yield row


def _indices(pairs: Iterable[ComputedPair], nodes: _Nodes) -> Iterable[PairIndex]:
    for pair in pairs:
        row = PairIndex(rater_kind=pair.rater_kind, first=nodes[pair.first.key], second=nodes[pair.second.key])
        row.value, row.low, row.high = _whole(pair.figure)
        row.asymmetry, row.asymmetry_low, row.asymmetry_high = (
            min(max(round(difference), -WIDEST_SHOWN), WIDEST_SHOWN)
            for difference in (pair.asymmetry.value, pair.asymmetry.low, pair.asymmetry.high)
        )
        _fill_model(row, pair)
        yield row


def _fill_model(row: PairScore | PairIndex, estimated: ComputedDirection | ComputedPair) -> None:
    row.model = estimated.model or ""
    if reason := estimated.model_reason:
        row.model_reason, row.model_arguments = reason.code, reason.arguments


def _whole(figure: PairFigure) -> tuple[int, int, int]:
    return whole(figure.value), whole(figure.low), whole(figure.high)
