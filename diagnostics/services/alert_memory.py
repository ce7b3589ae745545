"""The memory of alerts as rows keep it: numbers and short lists, no more digits than the next wave needs."""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import astuple
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Window
from django.db.models.functions import RowNumber

from diagnostics.core.alerts.baseline import Baseline
from diagnostics.core.alerts.change import ChangeState
from diagnostics.core.alerts.level import AlertState as LevelState
from diagnostics.core.alerts.participation import ResponseBase, ResponseState
from diagnostics.models import AlertState, Snapshot
from surveys.selectors.results import ClosedWave

Memory = dict[str, Any]
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


def level_memory(state: LevelState) -> Memory:
    return {"watch_run": state.watch_run, "calm_run": state.calm_run}


def level_state(memory: Memory, since: int | None) -> LevelState:
    runs = {name: memory[name] for name in ("watch_run", "calm_run")}
    return LevelState(standing=since is not None, since=since, **runs)


def change_memory(state: ChangeState) -> Memory:
    memory: Memory = {"watched": list(state.watched), "calm_run": state.calm_run, "items": state.items}
    memory |= {name: _kept(span) for name in ("base", "old") if (span := getattr(state, name))}
    return memory | ({"first_seen": state.first_seen} if state.first_seen else {})


def change_state(memory: Memory, since: int | None) -> ChangeState:
    return ChangeState(
        standing=since is not None,
        since=since,
        first_seen=memory.get("first_seen"),
        calm_run=memory["calm_run"],
        watched=tuple(memory["watched"]),
        items=memory["items"],
        base=Baseline(*memory["base"]) if "base" in memory else None,
        old=Baseline(*memory["old"]) if "old" in memory else None,
    )


def response_memory(state: ResponseState) -> Memory:
    spans = {name: list(astuple(span)) for name in ("base", "old") if (span := getattr(state, name))}
    return {"calm_run": state.calm_run} | spans


def response_state(memory: Memory, since: int | None) -> ResponseState:
    spans = {name: ResponseBase(*memory[name]) for name in ("base", "old") if name in memory}
    return ResponseState(standing=since is not None, since=since, calm_run=memory["calm_run"], **spans)


def _by_cell(rows: QuerySet[AlertState]) -> dict[tuple[str, str, str], AlertState]:
    return {(row.key, row.kind, row.measure): row for row in rows.defer("reason", "event")}


def _kept(base: Baseline) -> Sequence[float]:
    variance, error = (float(f"{number:.4g}") for number in (base.variance, base.variance_error))
    return [base.waves, base.first, base.last, base.day, round(base.observed, 2), variance, base.shown_sum, error]
