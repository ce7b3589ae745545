"""The memory of alerts as rows keep it: numbers and short lists, no more digits than the next wave needs."""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import astuple
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Window
from django.db.models.functions import RowNumber

from diagnostics.core.alerts.baseline import Baseline
from diagnostics.core.alerts.change import ChangeMemory
from diagnostics.core.alerts.level import LevelMemory
from diagnostics.core.alerts.participation import ResponseBase, ResponseMemory
from diagnostics.models import AlertState, Snapshot
from surveys.selectors.results import ClosedWave

StoredMemory = dict[str, Any]
States = Mapping[tuple[str, str, str], AlertState]


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


def store_level(memory: LevelMemory) -> StoredMemory:
    return {"watch_run": memory.watch_run, "calm_run": memory.calm_run}


def read_level(stored: StoredMemory, since: int | None) -> LevelMemory:
    return LevelMemory(since, watch_run=stored["watch_run"], calm_run=stored["calm_run"])


def store_change(memory: ChangeMemory) -> StoredMemory:
    stored: StoredMemory = {"watched": list(memory.watched), "calm_run": memory.calm_run, "items": memory.items}
    stored |= {name: _rounded(span) for name in ("base", "old") if (span := getattr(memory, name))}
    return stored | ({"first_seen": memory.first_seen} if memory.first_seen else {})


def read_change(stored: StoredMemory, since: int | None) -> ChangeMemory:
    return ChangeMemory(
        since,
        first_seen=stored.get("first_seen"),
        calm_run=stored["calm_run"],
        watched=tuple(stored["watched"]),
        items=stored["items"],
        base=Baseline(*stored["base"]) if "base" in stored else None,
        old=Baseline(*stored["old"]) if "old" in stored else None,
    )


def store_response(memory: ResponseMemory) -> StoredMemory:
    spans = {name: list(astuple(span)) for name in ("base", "old") if (span := getattr(memory, name))}
    return {"calm_run": memory.calm_run} | spans


def read_response(stored: StoredMemory, since: int | None) -> ResponseMemory:
    spans = {name: ResponseBase(*stored[name]) for name in ("base", "old") if name in stored}
    return ResponseMemory(since, calm_run=stored["calm_run"], **spans)


def _by_cell(rows: QuerySet[AlertState]) -> dict[tuple[str, str, str], AlertState]:
    return {(row.key, row.kind, row.measure): row for row in rows.defer("event", "reason_code", "reason_arguments")}


def _rounded(base: Baseline) -> Sequence[float]:
    variance, error = (float(f"{number:.4g}") for number in (base.variance, base.variance_error))
    return [base.waves, base.first, base.last, base.day, round(base.observed, 2), variance, base.shown_sum, error]
