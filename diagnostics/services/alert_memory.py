"""The memory of alerts as rows keep it: numbers and short lists, no more digits than the next wave needs."""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import astuple, fields, replace
from typing import Any, TypeVar

from cattrs import Converter
from django.db.models import Exists, F, OuterRef, Q, QuerySet, Window
from django.db.models.functions import RowNumber

from diagnostics.core.alerts.baseline import Baseline, Span
from diagnostics.core.alerts.change import ChangeMemory
from diagnostics.core.alerts.level import LevelMemory
from diagnostics.core.alerts.participation import ResponseMemory
from diagnostics.models import AlertState, Snapshot
from surveys.selectors.results import ClosedWave

Memory = LevelMemory | ChangeMemory | ResponseMemory
M = TypeVar("M", LevelMemory, ChangeMemory, ResponseMemory)
StoredMemory = dict[str, Any]
States = Mapping[tuple[str, str, str], AlertState]

_CONVERTER = Converter()
# Waves that were taken together are kept as a list of their fields: old rows have no last one.
_CONVERTER.register_structure_hook_func(
    lambda kind: isinstance(kind, type) and issubclass(kind, Span), lambda numbers, kind: kind(*numbers)
)


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


def _by_cell(rows: QuerySet[AlertState]) -> dict[tuple[str, str, str], AlertState]:
    return {(row.key, row.kind, row.measure): row for row in rows.defer("event", "reason_code", "reason_arguments")}


def _stored(value: Any) -> Any:
    if isinstance(value, Baseline):
        variance, error = (float(f"{number:.4g}") for number in (value.variance, value.variance_error))
        return list(astuple(replace(value, observed=round(value.observed, 2), variance=variance, variance_error=error)))
    if isinstance(value, Span):
        return list(astuple(value))
    return list(value) if isinstance(value, tuple) else value
