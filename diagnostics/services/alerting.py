"""The memory of alerts, taken one wave further for each reporting group, each division, and the company's response."""

from collections.abc import Iterator
from hashlib import blake2s

from diagnostics.choices import AlertEvent, AlertKind, GroupKind
from diagnostics.core.alerts.advance import CellStep, Memory, Seen, chain_step
from diagnostics.core.alerts.change import Measured
from diagnostics.core.alerts.participation import banded, response_step
from diagnostics.core.disclosure.display import whole
from diagnostics.core.estimate.nonresponse import NO_ALERT, caution
from diagnostics.models import AlertState
from diagnostics.models.score import RESPONSE
from diagnostics.scoring.disclosing import WaveFigures
from diagnostics.scoring.measures import NodeEstimate
from diagnostics.scoring.tree import Node
from diagnostics.services import alert_memory as memory
from diagnostics.services.alert_memory import States, latest_states

_OVER = (AlertEvent.CLEARED, AlertEvent.ENDED)
_Cell = tuple[str, str]


def advance(figures: WaveFigures) -> list[AlertState]:
    """The states after this wave, not yet stored; a cell that was never published has none."""
    wave = figures.wave
    keys, measures = {node.key for node in figures.nodes}, {*figures.scoring_key.alerting, RESPONSE}
    before = latest_states(wave, keys=keys, measures=measures)
    rows = [*_of_figures(figures, before), *_of_response(figures, before)]
    for row in rows:
        row.survey_id, row.wave_id = wave.survey_id, wave.id
        row.standing = row.since is not None
        if row.event in _OVER:
            row.memory["raised"] = before[row.key, row.kind, row.measure].since
    return rows


def _of_figures(figures: WaveFigures, before: States) -> Iterator[AlertState]:
    """Level and change alert; the company has none: it is the yardstick."""
    nodes = [node for node in figures.nodes if node.kind != GroupKind.COMPANY]
    seen = {(node.key, one): _seen(figures, node, one) for node in nodes for one in figures.scoring_key.alerting}
    remembered = {cell: one for cell in seen if (one := _remembered(before, cell))}
    wave, day = figures.wave.number, figures.wave.day.toordinal()
    for cell, step in chain_step(remembered, seen, wave=wave, day=day, thresholds=figures.thresholds).items():
        yield from _rows(cell, step)


def _seen(figures: WaveFigures, node: Node, measure: str) -> Seen | None:
    figure = figures.published(measure, node)
    if figure is None:
        return None
    if figure.above is None or figure.above_clear is None:
        raise ValueError(f"A share raises no alert, and {measure} is one.")
    measured = _measured(figure, "".join(sorted(figures.scoring_key.items_of(measure))), node)
    may_alert = caution(figures.response(node)) != NO_ALERT
    return Seen(figure.above, figure.above_clear, measured, may_alert)


def _measured(figure: NodeEstimate, items: str, node: Node) -> Measured:
    if figure.observed is None or figure.variance is None or figure.variance_error is None:
        raise ValueError("Waves compare by what was observed, and a share has none of it.")
    # Divisions are made of the groups: judged together, one rise would count twice.
    asked = blake2s(items.encode(), digest_size=4).hexdigest()
    return Measured(
        figure.observed,
        figure.variance,
        whole(figure.value),
        figure.variance_error,
        items=asked,
        family=node.kind,
        department=node.key,
    )


def _remembered(before: States, cell: _Cell) -> Memory | None:
    key, measure = cell
    level, change = before.get((key, AlertKind.LEVEL, measure)), before.get((key, AlertKind.CHANGE, measure))
    if level is None:
        return None
    return Memory(
        memory.level_state(level.memory, level.since),
        memory.change_state(change.memory, change.since) if change else None,
    )


def _rows(cell: _Cell, step: CellStep) -> Iterator[AlertState]:
    key, measure = cell
    level, change = step.memory.level, step.memory.change
    yield AlertState(
        key=key,
        kind=AlertKind.LEVEL,
        measure=measure,
        since=level.since,
        memory=memory.level_memory(level),
        event=step.level.event,
        reason=step.level.reason,
    )
    if change:
        yield AlertState(
            key=key,
            kind=AlertKind.CHANGE,
            measure=measure,
            since=change.since,
            memory=memory.change_memory(change),
            event=step.change.event,
            reason=step.change.reason,
        )


def _of_response(figures: WaveFigures, before: States) -> Iterator[AlertState]:
    """Of groups, divisions and the company, where it is known how many were asked."""
    wave, day = figures.wave.number, figures.wave.day.toordinal()
    for node in figures.nodes:
        row, answered = before.get((node.key, AlertKind.PARTICIPATION, RESPONSE)), figures.respondents(node)
        now = banded(answered, node.people) if node.people and answered >= figures.wave.min_group_size else None
        if row or now:
            previous = memory.response_state(row.memory, row.since) if row else None
            step = response_step(previous, now, wave=wave, day=day, thresholds=figures.thresholds)
            yield AlertState(
                key=node.key,
                kind=AlertKind.PARTICIPATION,
                measure=RESPONSE,
                since=step.state.since,
                memory=memory.response_memory(step.state),
                event=step.event,
                reason=step.reason,
            )
