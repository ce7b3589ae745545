"""From stored rows to what readers get. Nothing is decided here: that was done, and frozen, at scoring."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from diagnostics.choices import GroupKind, Status
from diagnostics.core.alerts.reasons.codes import ONGOING_EVENTS, OVER_EVENTS, AlertEvent, AlertKind
from diagnostics.core.alerts.reasons.registry import read_reason
from diagnostics.core.disclosure.reasons import SuppressionReason
from diagnostics.models import AlertState, GroupScore, Score
from diagnostics.models.score import CRITICAL_MASS, INDEX, PICK_COMMUNICATION, RESPONSE
from diagnostics.report.cell import Cell, measure_labels, to_cell
from diagnostics.report.report import Alert, GroupRow, WaveInfo
from diagnostics.report.rotation import RotationFigures
from surveys.models import Wave
from surveys.questions.kinds import ScaleKind
from surveys.rules.rounding import Band, GroupResponse, Rate

_KINDS = list(AlertKind)
_EVENTS = [*ONGOING_EVENTS, *OVER_EVENTS, AlertEvent.WATCH]


def wave_info(wave: Wave) -> WaveInfo:
    return WaveInfo(
        id=wave.id,
        survey_name=wave.survey.name,
        number=wave.number,
        opens_at=wave.opens_at,
        closes_at=wave.closes_at,
        state=wave.state,
        imported=wave.imported_for is not None,
    )


class ReportRows:
    """The rows of one wave for one reader: `groups` are those that the reader may see, `states` all of the wave.

    `opened` says of this wave and those before it when they were.
    """

    def __init__(  # noqa: PLR0913, PLR0917 - what is stored of a wave
        self,
        wave: Wave,
        groups: Sequence[GroupScore],
        scores: Iterable[Score],
        states: Iterable[AlertState],
        rotation: RotationFigures,
        opened: Mapping[int, dt.datetime],
    ) -> None:
        self.rotation, self.opened, self.min_group_size = rotation, opened, wave.min_group_size
        questionnaire = wave.questionnaire
        self.labels = measure_labels(questionnaire)
        self.causes = [scale["code"] for scale in questionnaire["scales"] if scale["kind"] == ScaleKind.CAUSE]
        self.signs = [scale["code"] for scale in questionnaire["scales"] if scale["kind"] != ScaleKind.CAUSE]
        self.readable = {group.id: group for group in groups}
        self.alerts = self._alerts(states)
        watched = {(alert.key, alert.measure) for alerts in self.alerts.values() for alert in alerts if _watch(alert)}
        # A department with one sign on watch is itself worth watching.
        watched |= {(key, INDEX) for key, _ in watched}
        self.cells: dict[object, dict[str, Cell]] = defaultdict(dict)
        for score in scores:
            label, cell = self.labels[score.measure], (self.readable[score.group_id].key, score.measure)
            self.cells[score.group_id][score.measure] = to_cell(score, label, watched=cell in watched)
        self.rows = sorted((self._row(group) for group in groups), key=_rank)

    def of_kind(self, kind: GroupKind) -> tuple[GroupRow, ...]:
        return tuple(row for row in self.rows if row.kind == kind)

    def widest(self) -> GroupRow:
        """The one row above all others; where there is none, a row that says so."""
        tops = [row for row in self.rows if row.parent_key is None]
        if len(tops) == 1:
            return tops[0]
        outside = {code: _outside(code, label) for code, label in self.labels.items()}
        return GroupRow(
            key="",
            name="Your departments",
            kind=GroupKind.COMPANY,
            parent_key=None,
            depth=0,
            response=None,
            caution=False,
            index=outside[INDEX],
            signs=tuple(outside[code] for code in self.signs),
            causes=tuple(outside[code] for code in self.causes),
        )

    def all_alerts(self) -> tuple[Alert, ...]:
        """What was raised first, then what is ongoing, then what is over; groups in their order."""
        alerts = [alert for row in self.rows for alert in row.alerts]
        return tuple(sorted(alerts, key=lambda alert: _EVENTS.index(alert.event)))

    def all_watches(self) -> tuple[Alert, ...]:
        return tuple(alert for row in self.rows for alert in row.watches)

    def all_participation(self) -> tuple[Alert, ...]:
        return tuple(row.participation for row in self.rows if row.participation)

    def _row(self, group: GroupScore) -> GroupRow:
        own, above, alerts = self.cells[group.id], self._above(group), self.alerts[group.key]
        return GroupRow(
            key=group.key,
            name=group.name,
            kind=group.kind,
            parent_key=above[0].key if above else None,
            depth=len(above),
            response=stored_response(group, self.min_group_size),
            caution=group.caution,
            index=own[INDEX],
            signs=tuple(own[code] for code in self.signs),
            causes=tuple(own[code] for code in self.causes),
            critical_mass=own.get(CRITICAL_MASS),
            communication=own.get(PICK_COMMUNICATION),
            alerts=tuple(alert for alert in alerts if not _watch(alert) and alert.measure != RESPONSE),
            watches=tuple(filter(_watch, alerts)),
            participation=next((alert for alert in alerts if alert.measure == RESPONSE), None),
            stage=self.rotation.stage(group),
            turns=self.rotation.turns(group.key),
            profile=self.rotation.causes(group.key),
            departments=tuple(group.departments),
        )

    def _above(self, group: GroupScore) -> list[GroupScore]:
        """Those that the reader may see, nearest first. Who may see a group may see all below it, so no gap is left."""
        above = []
        while group.parent_id in self.readable:
            group = self.readable[group.parent_id]
            above.append(group)
        return above

    def _alerts(self, states: Iterable[AlertState]) -> dict[str, list[Alert]]:
        names = {group.key: group.name for group in self.readable.values()}
        labels = self.labels | {RESPONSE: "Response"}
        order = list(labels)
        alerts: dict[str, list[Alert]] = defaultdict(list)
        for state in states:
            if state.key in names and state.event != AlertEvent.NONE:
                raised_in = _raised_in(state)
                alerts[state.key].append(
                    Alert(
                        key=state.key,
                        group_name=names[state.key],
                        measure=state.measure,
                        label=labels[state.measure],
                        event=AlertEvent(state.event),
                        reason=read_reason(state.reason_code, state.reason_arguments),
                        since_wave=raised_in,
                        since_opened=self.opened.get(raised_in or 0),
                        kind=state.kind,
                    )
                )
        for found in alerts.values():
            found.sort(
                key=lambda alert: (
                    _EVENTS.index(alert.event),
                    order.index(alert.measure),
                    _KINDS.index(AlertKind(alert.kind)),
                )
            )
        return alerts


def stored_response(group: GroupScore, min_group_size: int) -> GroupResponse:
    """What is published of the number of a group's respondents."""
    low, high, percent = group.response_low, group.response_high, group.response_percent
    return GroupResponse(
        min_group_size,
        None if low is None or high is None else Band(low, high),
        None if percent is None else Rate(percent, at_least=group.response_percent_at_least),
    )


def _outside(code: str, label: str) -> Cell:
    return Cell(code, label, Status.SUPPRESSED, SuppressionReason.OUTSIDE)


def _raised_in(state: AlertState) -> int | None:
    """The number of the wave that raised the alert that is ongoing, or that the state's wave ended."""
    return state.since if state.ongoing else state.memory.get("raised_in")


def _watch(alert: Alert) -> bool:
    return alert.event == AlertEvent.WATCH


def _rank(row: GroupRow) -> tuple[bool, int, str]:
    return row.index.value is None, -(row.index.value or 0), row.name
