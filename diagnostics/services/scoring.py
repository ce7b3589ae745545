"""Scoring: once per wave, what it publishes is computed, judged and frozen, and each leader gets a digest."""

import logging
import uuid
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict
from typing import Any

from django.conf import settings
from django.db import InterfaceError, OperationalError, transaction

from diagnostics.choices import Stage, Status
from diagnostics.core.alerts.level import level_of
from diagnostics.core.alerts.reasons.codes import KIND_RULES, AlertKind
from diagnostics.core.alerts.stage import CORE_SIGNS, SIGNS, is_raised, stage
from diagnostics.core.alerts.thresholds import Thresholds
from diagnostics.core.disclosure.reasons import stored_reason
from diagnostics.core.estimate.nonresponse import Caution, caution
from diagnostics.models import AlertState, GroupScore, MethodNote, Score, ScoringFault, Snapshot
from diagnostics.models.score import INDEX
from diagnostics.scoring.disclosing import WaveFigures, judge
from diagnostics.scoring.key import read_pair_scoring_key
from diagnostics.scoring.measures import NodeEstimate
from diagnostics.scoring.over_time import changed_departments
from diagnostics.scoring.quality import examine
from diagnostics.scoring.tree import Node
from diagnostics.scoring.wave import DecodedWave
from diagnostics.services import alerting, digesting, pairing
from diagnostics.services.neighbours import last_published, neighbour_waves, stored_wave, turns_before
from surveys.rules.limits import BATCH_SIZE
from surveys.rules.rounding import whole
from surveys.selectors import results
from surveys.selectors.results import ClosedWave
from surveys.services.advisory import AdvisoryLock, take_until_commit

logger = logging.getLogger(__name__)
# The version of the estimator, as docs/method.md describes it.
METHOD = "2.0"


def score(*, wave_id: uuid.UUID, thresholds: Thresholds | None = None) -> None:
    """Scores the wave, and first whatever earlier wave of its survey was left out; what is scored already stays.

    Nothing happens while the wave is not closed. Each wave is one transaction with its alerts and digests; two
    callers at once give one snapshot. A wave that cannot be scored is marked. If it is this one, its error is raised,
    such as ValueError where stored answers do not fit the questionnaire. A database that cannot be reached ends it.
    """
    waves = results.closed_up_to(wave_id)
    scored = set(Snapshot.objects.filter(wave__in=[wave.id for wave in waves]).values_list("wave_id", flat=True))
    for place, wave in enumerate(waves):
        if wave.id in scored:
            continue
        try:
            _score(wave, waves[:place], thresholds or Thresholds(level=settings.ALERT_LEVEL))
        except (OperationalError, InterfaceError):
            # No fault of the wave: the next one would meet it too.
            raise
        except Exception as error:
            _mark_fault(wave, error)
            # An earlier wave that cannot be scored is no reason to leave this one out.
            if wave.id == wave_id:
                raise
        else:
            ScoringFault.objects.filter(wave=wave.id).delete()


def _mark_fault(wave: ClosedWave, error: Exception) -> None:
    """For the page, and once in the log, until the wave can be scored."""
    name = type(error).__name__
    if not ScoringFault.objects.filter(wave=wave.id, error=name).exists():
        ScoringFault.objects.update_or_create(wave_id=wave.id, defaults={"error": name})
        logger.error(
            "Wave %s cannot be scored. Other waves go on; it is tried again each hour.", wave.id, exc_info=error
        )


def _score(wave: ClosedWave, earlier: Iterable[ClosedWave], thresholds: Thresholds) -> None:
    while not _publish(wave, earlier, thresholds):
        # Another wave was published meanwhile, of the same people perhaps: judged again beside it.
        pass


def _publish(wave: ClosedWave, earlier: Iterable[ClosedWave], thresholds: Thresholds) -> bool:
    """Whether it is done; False if another wave was published while this one was judged."""
    # A closed wave never changes, so the long part needs no lock.
    published = Snapshot.objects.count()
    decoded = DecodedWave(stored_wave(wave, thresholds))
    neighbours = neighbour_waves(wave.id, decoded.stored.groups)
    changed = changed_departments(decoded.nodes, neighbours, min_group_size=wave.min_group_size)
    figures, pair_key = judge(decoded, neighbours), read_pair_scoring_key(wave.questionnaire)
    pairs = pairing.pairs_of(wave, pair_key, changed=changed) if pair_key else None
    note = examine(decoded, figures)
    with transaction.atomic():
        take_until_commit(AdvisoryLock.PUBLISHING)
        results.lock_wave(wave.id)
        if Snapshot.objects.filter(wave=wave.id).exists():
            return True
        if Snapshot.objects.count() != published:
            return False
        snapshot = Snapshot.objects.create(wave_id=wave.id, method=METHOD)
        if pairs:
            pairing.store_pairs(snapshot, pairs)
        states = alerting.advance(figures)
        AlertState.objects.bulk_create(states, batch_size=BATCH_SIZE)
        groups = {node.key: group for node, group in _group_rows(snapshot, figures)}
        rows = list(_score_rows(figures, groups, states, last_published(wave, earlier)))
        _decide_stages(figures, groups, rows)
        GroupScore.objects.bulk_create(groups.values(), batch_size=BATCH_SIZE)
        Score.objects.bulk_create(rows, batch_size=BATCH_SIZE)
        MethodNote.objects.create(snapshot=snapshot, document=asdict(note))
        if not wave.imported:
            # What happened years ago is no news.
            digesting.write_digests(snapshot)
    return True


def _group_rows(snapshot: Snapshot, figures: WaveFigures) -> Iterator[tuple[Node, GroupScore]]:
    """The rows in the order of the tree, parents first."""
    rows: dict[str | None, GroupScore] = {}
    for node in figures.nodes:
        response = figures.counted(node)
        row = GroupScore(
            snapshot=snapshot,
            key=node.key,
            name=node.name,
            kind=node.kind,
            parent=rows.get(node.parent),
            departments=list(node.departments),
            caution=response.band is not None and caution(figures.response(node)) != Caution.NONE,
        )
        if response.band:
            row.response_low, row.response_high = response.band
        if response.rate:
            row.response_percent, row.response_percent_at_least = response.rate.percent, response.rate.at_least
        rows[node.key] = row
        yield node, row


def _score_rows(
    figures: WaveFigures,
    groups: Mapping[str, GroupScore],
    states: Iterable[AlertState],
    earlier: Mapping[tuple[str, str], int],
) -> Iterator[Score]:
    ongoing = {
        (state.key, state.measure)
        for state in states
        if state.ongoing and KIND_RULES[AlertKind(state.kind)].puts_at_risk
    }
    # A department with one sign at risk is not steady, however low the mean of the five is.
    ongoing |= {(key, INDEX) for key, _ in ongoing}
    for node in figures.nodes:
        for measure in figures.scoring_key.measures:
            row = Score(group=groups[node.key], measure=measure)
            cell = node.key, measure
            if figure := figures.published(measure, node):
                _fill(row, figure, earlier.get(cell))
                if figure.above is not None:
                    row.level = level_of(ongoing=cell in ongoing, p_above=figure.above, thresholds=figures.thresholds)
                if figure.above_middle is not None:
                    row.raised = is_raised(figure.above_middle)
            else:
                row.status = Status.SUPPRESSED
                row.reason = stored_reason(figures.suppressed[measure][node.key])
            yield row


def _fill(row: Score, figure: NodeEstimate, before: int | None) -> None:
    """Whole numbers only: everything later, the change too, is computed from what was published."""
    row.status = Status.PUBLISHED
    row.value, row.low, row.high = (whole(end) for end in (figure.value, figure.low, figure.high))
    if figure.nonresponse_low is not None and figure.nonresponse_high is not None:
        row.outer_low, row.outer_high = whole(figure.nonresponse_low), whole(figure.nonresponse_high)
    row.change = None if before is None else row.value - before


def _decide_stages(figures: WaveFigures, groups: Mapping[str, GroupScore], rows: Iterable[Score]) -> None:
    """Writes the stage into the rows, not yet stored, from published figures only.

    What is suppressed takes no part in it. Without the five core signs in the wave there is none.
    """
    if not set(CORE_SIGNS).issubset(figures.scoring_key.measures):
        return
    now: dict[str, dict[str, tuple[int, bool]]] = defaultdict(dict)
    for row in rows:
        if row.status == Status.PUBLISHED and row.measure in SIGNS:
            now[row.group.key][row.measure] = (figures.wave.number, row.raised)
    before = turns_before(figures.wave)
    for key, group in groups.items():
        if any(sign in now[key] for sign in CORE_SIGNS):
            signs = {**before[key], **now[key]}
            group.stage = Stage(stage([sign for sign, (_, raised) in signs.items() if raised]))
            group.stage_whole = len(signs) == len(SIGNS)
            group.stage_basis = _stage_basis(signs)


def _stage_basis(signs: Mapping[str, tuple[int, bool]]) -> list[dict[str, Any]]:
    return [{"sign": sign, "wave": signs[sign][0], "raised": signs[sign][1]} for sign in SIGNS if sign in signs]
