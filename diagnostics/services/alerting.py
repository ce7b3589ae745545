"""The memory of alerts, taken one wave further for each reporting group and division."""

from collections.abc import Mapping

from django.db.models import F, Window
from django.db.models.functions import RowNumber

from diagnostics.bridge import Figure
from diagnostics.choices import AlertEvent, GroupKind
from diagnostics.core import alerts as core
from diagnostics.core.nonresponse import NO_ALERT, caution
from diagnostics.models import AlertState
from diagnostics.services.figures import WaveFigures
from surveys.selectors.results import ClosedWave


def advance(figures: WaveFigures, *, thresholds: core.Thresholds) -> list[AlertState]:
    """The states after this wave, not yet stored; a cell that was never published has none."""
    wave, history = figures.wave, latest_states(figures.wave)
    states = []
    for node in figures.nodes:
        if node.kind == GroupKind.COMPANY:
            continue
        may_alert = caution(figures.response(node)) != NO_ALERT
        for measure in figures.sheet.alerting:
            before = history.get((node.key, measure))
            figure = figures.published(measure, node)
            if before or figure:
                state = AlertState(survey_id=wave.survey_id, wave_id=wave.id, key=node.key, measure=measure)
                states.append(_stepped(state, before, figure, wave.number, may_alert, thresholds))
    return states


def latest_states(wave: ClosedWave) -> Mapping[tuple[str, str], AlertState]:
    """By key and measure, the state after the last wave before this one that has any."""
    rank = Window(RowNumber(), partition_by=[F("key"), F("measure")], order_by=F("wave__number").desc())
    earlier = AlertState.objects.filter(survey=wave.survey_id, wave__number__lt=wave.number)
    return {(state.key, state.measure): state for state in earlier.annotate(rank=rank).filter(rank=1)}


def _stepped(  # noqa: PLR0913, PLR0917 - one row in the making, and all that its step depends on
    row: AlertState,
    before: AlertState | None,
    figure: Figure | None,
    wave_number: int,
    may_alert: bool,
    thresholds: core.Thresholds,
) -> AlertState:
    previous = _remembered(before)
    state, row.reason = core.level_step(
        previous,
        figure.above if figure and figure.above is not None else float("nan"),
        figure.above_clear if figure and figure.above_clear is not None else float("nan"),
        wave=wave_number,
        reported=figure is not None,
        may_alert=may_alert,
        thresholds=thresholds,
    )
    row.standing, row.since = state.standing, state.since
    row.memory = {"watch_run": state.watch_run, "calm_run": state.calm_run}
    row.event = _event(was=previous is not None and previous.standing, now=state.standing)
    if previous and row.event == AlertEvent.CLEARED:
        row.memory["raised"] = previous.since
    return row


def _remembered(row: AlertState | None) -> core.AlertState | None:
    if row is None:
        return None
    runs = {name: row.memory[name] for name in ("watch_run", "calm_run")}
    return core.AlertState(standing=row.standing, since=row.since, **runs)


def _event(*, was: bool, now: bool) -> AlertEvent:
    if now:
        return AlertEvent.HELD if was else AlertEvent.RAISED
    return AlertEvent.CLEARED if was else AlertEvent.NONE
