"""The memory of alerts: read from the rows, taken one wave further, and made rows again.

Reporting groups and divisions have alerts of their figures; they and the company have one of their response. Rows keep
numbers and short lists, no more digits than the next wave needs.
"""

from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import asdict, astuple, fields, replace
from hashlib import blake2s
from typing import Any, TypeVar

from cattrs import Converter
from django.db.models import Exists, F, OuterRef, Q, QuerySet, Window
from django.db.models.functions import RowNumber

from diagnostics.choices import GroupKind
from diagnostics.core.alerts.advance import AlertStep, CellMemory, CellStep, PublishedCell, advance_alerts
from diagnostics.core.alerts.baseline import Baseline, Span
from diagnostics.core.alerts.change import ChangeMemory, Measured
from diagnostics.core.alerts.level import LevelMemory
from diagnostics.core.alerts.participation import (
    ResponseBand,
    ResponseMemory,
    ResponseStep,
    advance_response,
)
from diagnostics.core.alerts.reasons.codes import OVER_EVENTS, AlertKind
from diagnostics.core.estimate.nonresponse import Caution, caution
from diagnostics.models import AlertState, Snapshot
from diagnostics.models.score import RESPONSE
from diagnostics.scoring.disclosing import WaveFigures
from diagnostics.scoring.measures import NodeEstimate
from diagnostics.scoring.tree import Node
from surveys.rules.rounding import whole
from surveys.selectors.results import ClosedWave

Memory = LevelMemory | ChangeMemory | ResponseMemory
M = TypeVar("M", LevelMemory, ChangeMemory, ResponseMemory)
StoredMemory = dict[str, Any]
States = Mapping[tuple[str, str, str], AlertState]
_Cell = tuple[str, str]

_CONVERTER = Converter()
# Waves that were taken together are kept as a list of their fields: old rows have no last one.
_CONVERTER.register_structure_hook_func(
    lambda kind: isinstance(kind, type) and issubclass(kind, Span), lambda numbers, kind: kind(*numbers)
)


def advance(figures: WaveFigures) -> list[AlertState]:
    """The states after this wave, not yet stored; a cell that was never published has none."""
    wave = figures.wave
    keys, measures = {node.key for node in figures.nodes}, {*figures.scoring_key.alerting, RESPONSE}
    before = latest_states(wave, keys=keys, measures=measures)
    rows = [*_of_figures(figures, before), *_of_response(figures, before)]
    for row in rows:
        row.survey_id, row.wave_id = wave.survey_id, wave.id
        row.ongoing = row.since is not None
        if row.event in OVER_EVENTS:
            row.memory["raised_in"] = before[row.key, row.kind, row.measure].since
    return rows


def latest_states(wave: ClosedWave, *, keys: AbstractSet[str], measures: AbstractSet[str]) -> States:
    """By key, kind and measure, the state after the last wave before this one that has any.

    A wave carries the states of all groups that it counts, so that nearly all are in the last wave; only what that
    did not count, or not ask, is looked for further back.
    """
    has_states = Exists(AlertState.objects.filter(wave=OuterRef("wave")))
    scored = Snapshot.objects.filter(has_states, wave__survey=wave.survey_id, wave__number__lt=wave.number)
    last = scored.order_by("-wave__number").values_list("wave", flat=True).first()
    if last is None:
        return {}
    states = _by_cell(AlertState.objects.filter(wave=last))
    absent, unasked = keys - {key for key, _, _ in states}, measures - {measure for _, _, measure in states}
    if absent or unasked:
        rank = Window(RowNumber(), partition_by=[F("key"), F("kind"), F("measure")], order_by=F("wave__number").desc())
        earlier = AlertState.objects.filter(survey=wave.survey_id, wave__number__lt=wave.number).exclude(wave=last)
        older = earlier.filter(Q(key__in=absent) | Q(measure__in=unasked))
        states = _by_cell(older.annotate(rank=rank).filter(rank=1)) | states
    return states


def store_memory(memory: Memory) -> StoredMemory:
    """As JSON: numbers, short lists and text. `since` has a column of its own; what is None is left out."""
    values = {field.name: getattr(memory, field.name) for field in fields(memory) if field.name != "since"}
    return {name: _stored(value) for name, value in values.items() if value is not None}


def read_memory(kind: type[M], stored: StoredMemory, since: int | None) -> M:
    """The inverse of `store_memory`."""
    return _CONVERTER.structure({**stored, "since": since}, kind)


def _of_figures(figures: WaveFigures, before: States) -> Iterator[AlertState]:
    """Level and change alert; the company has none: it is the yardstick."""
    nodes = [node for node in figures.nodes if node.kind != GroupKind.COMPANY]
    cells = {
        (node.key, name): _published(figures, node, name) for node in nodes for name in figures.scoring_key.alerting
    }
    remembered = {cell: memory for cell in cells if (memory := _remembered(before, cell))}
    wave, day = figures.wave.number, figures.wave.day.toordinal()
    for cell, step in advance_alerts(remembered, cells, wave=wave, day=day, thresholds=figures.thresholds).items():
        yield from _rows(cell, step)


def _published(figures: WaveFigures, node: Node, measure: str) -> PublishedCell | None:
    figure = figures.published(measure, node)
    if figure is None:
        return None
    if figure.above is None or figure.above_clear is None:
        raise ValueError(f"A share raises no alert, and {measure} is one.")
    measured = _measured(figure, "".join(sorted(figures.scoring_key.items_of(measure))), node)
    may_alert = caution(figures.response(node)) != Caution.NO_ALERT
    return PublishedCell(figure.above, figure.above_clear, measured, may_alert)


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


def _remembered(before: States, cell: _Cell) -> CellMemory | None:
    key, measure = cell
    level, change = before.get((key, AlertKind.LEVEL, measure)), before.get((key, AlertKind.CHANGE, measure))
    if level is None:
        return None
    return CellMemory(
        read_memory(LevelMemory, level.memory, level.since),
        read_memory(ChangeMemory, change.memory, change.since) if change else None,
    )


def _rows(cell: _Cell, step: CellStep) -> Iterator[AlertState]:
    level, change = step.memory.level, step.memory.change
    yield _row(cell, AlertKind.LEVEL, step.level, memory=level)
    if change:
        yield _row(cell, AlertKind.CHANGE, step.change, memory=change)


def _row(cell: _Cell, kind: AlertKind, step: AlertStep | ResponseStep, *, memory: Memory) -> AlertState:
    key, measure = cell
    return AlertState(
        key=key,
        kind=kind,
        measure=measure,
        since=memory.since,
        memory=store_memory(memory),
        event=step.event,
        reason_code=step.reason.code,
        reason_arguments=asdict(step.reason),
    )


def _of_response(figures: WaveFigures, before: States) -> Iterator[AlertState]:
    """Of groups, divisions and the company, where it is known how many were asked."""
    wave, day = figures.wave.number, figures.wave.day.toordinal()
    for node in figures.nodes:
        row = before.get((node.key, AlertKind.PARTICIPATION, RESPONSE))
        now = _published_response(figures, node)
        if row or now:
            previous = read_memory(ResponseMemory, row.memory, row.since) if row else None
            step = advance_response(previous, now, wave=wave, day=day, thresholds=figures.thresholds)
            yield _row(
                (node.key, RESPONSE),
                AlertKind.PARTICIPATION,
                step,
                memory=step.memory,
            )


def _published_response(figures: WaveFigures, node: Node) -> ResponseBand | None:
    """None where too few answered, or where it is unknown how many were asked."""
    band = figures.counted(node).band
    return ResponseBand(*band, node.people) if band and node.people else None


def _by_cell(rows: QuerySet[AlertState]) -> dict[tuple[str, str, str], AlertState]:
    return {(row.key, row.kind, row.measure): row for row in rows.defer("event", "reason_code", "reason_arguments")}


def _stored(value: Any) -> Any:
    if isinstance(value, Baseline):
        variance, error = (float(f"{number:.4g}") for number in (value.variance, value.variance_error))
        return list(astuple(replace(value, observed=round(value.observed, 2), variance=variance, variance_error=error)))
    if isinstance(value, Span):
        return list(astuple(value))
    return list(value) if isinstance(value, tuple) else value
