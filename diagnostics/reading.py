"""From stored rows to what readers get. Nothing is decided here: that was done, and frozen, at scoring."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils.translation import get_language

from diagnostics.choices import AlertEvent, GroupKind, Level, Status
from diagnostics.models import AlertState, GroupScore, Score
from diagnostics.models.score import CRITICAL_MASS, INDEX, PICK_COMMUNICATION, RESPONSE
from diagnostics.report import Alert, Cell, GroupRow, WaveInfo
from surveys.models import Wave

OUTSIDE = "outside your departments"
_CAUSE = "cause"
_EVENTS = [AlertEvent.RAISED, AlertEvent.HELD, AlertEvent.CLEARED, AlertEvent.ENDED, AlertEvent.WATCH]


def wave_info(wave: Wave) -> WaveInfo:
    return WaveInfo(
        id=wave.id,
        survey_name=wave.survey.name,
        number=wave.number,
        opens_at=wave.opens_at,
        closes_at=wave.closes_at,
        state=wave.state,
    )


def may_see(group: GroupScore, within: frozenset[int] | None) -> bool:
    """Whether all of a group's people are in the departments that the reader may see (None: in all there are)."""
    return within is None or (bool(group.departments) and within.issuperset(group.departments))


def measure_labels(questionnaire: Mapping[str, Any]) -> dict[str, str]:
    """What each measure is called, in the order in which measures are shown."""
    return (
        {INDEX: "Conflict-risk index"}
        | {scale["code"]: _in_language(scale["name"]) for scale in questionnaire["scales"]}
        | {
            CRITICAL_MASS: "Critical mass of stagnation",
            PICK_COMMUNICATION: "Most hindered by communication between departments",
        }
    )


def to_cell(score: Score, label: str, *, watched: bool = False) -> Cell:
    """`watched` tells that a rise is on watch: a figure that else is steady is worth watching then."""
    level = Level.WATCH if watched and score.level == Level.STEADY else score.level
    return Cell(
        measure=score.measure,
        label=label,
        status=score.status,
        reason=score.reason,
        value=_whole(score.value),
        low=_whole(score.low),
        high=_whole(score.high),
        outer_low=_whole(score.outer_low),
        outer_high=_whole(score.outer_high),
        change=_whole(score.change),
        level=level,
        level_label=Level(level).label if level else "",
    )


class Rows:
    """The rows of one wave for one reader: `groups` are those that the reader may see, `states` all of the wave."""

    def __init__(
        self,
        questionnaire: Mapping[str, Any],
        groups: Sequence[GroupScore],
        scores: Iterable[Score],
        states: Iterable[AlertState],
    ) -> None:
        self.labels = measure_labels(questionnaire)
        self.causes = [scale["code"] for scale in questionnaire["scales"] if scale["kind"] == _CAUSE]
        self.signs = [scale["code"] for scale in questionnaire["scales"] if scale["kind"] != _CAUSE]
        self.seen = {group.id: group for group in groups}
        self.alerts = self._alerts(states)
        watched = {(alert.key, alert.measure) for alerts in self.alerts.values() for alert in alerts if _watch(alert)}
        # A department with one sign on watch is itself worth watching.
        watched |= {(key, INDEX) for key, _ in watched}
        self.cells: dict[object, dict[str, Cell]] = defaultdict(dict)
        for score in scores:
            label, cell = self.labels[score.measure], (self.seen[score.group_id].key, score.measure)
            self.cells[score.group_id][score.measure] = to_cell(score, label, watched=cell in watched)
        self.rows = sorted((self._row(group) for group in groups), key=_rank)

    def of_kind(self, kind: GroupKind) -> tuple[GroupRow, ...]:
        return tuple(row for row in self.rows if row.kind == kind)

    def widest(self) -> GroupRow:
        """The one row above all others; where there is none, a row that says so."""
        tops = [row for row in self.rows if row.parent_key is None]
        if len(tops) == 1:
            return tops[0]
        hidden = {code: Cell(code, label, Status.HIDDEN, OUTSIDE) for code, label in self.labels.items()}
        return GroupRow(
            key="",
            name="Your departments",
            kind=GroupKind.COMPANY,
            parent_key=None,
            depth=0,
            response_band="",
            rate_text="",
            caution=False,
            index=hidden[INDEX],
            signs=tuple(hidden[code] for code in self.signs),
            causes=tuple(hidden[code] for code in self.causes),
        )

    def all_alerts(self) -> tuple[Alert, ...]:
        """What was raised first, then what stands, then what is over; groups in their order."""
        alerts = [alert for row in self.rows for alert in row.alerts]
        return tuple(sorted(alerts, key=lambda alert: _EVENTS.index(AlertEvent(alert.event))))

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
            response_band=group.response_band,
            rate_text=group.rate_text,
            caution=group.caution,
            index=own[INDEX],
            signs=tuple(own[code] for code in self.signs),
            causes=tuple(own[code] for code in self.causes),
            critical_mass=own.get(CRITICAL_MASS),
            communication=own.get(PICK_COMMUNICATION),
            alerts=tuple(one for one in alerts if not _watch(one) and one.measure != RESPONSE),
            watches=tuple(filter(_watch, alerts)),
            participation=next((one for one in alerts if one.measure == RESPONSE), None),
        )

    def _above(self, group: GroupScore) -> list[GroupScore]:
        """The seen groups above it, nearest first: whoever may see a group may see all below it, so no gap is left."""
        above = []
        while group.parent_id in self.seen:
            group = self.seen[group.parent_id]
            above.append(group)
        return above

    def _alerts(self, states: Iterable[AlertState]) -> dict[str, list[Alert]]:
        names = {group.key: group.name for group in self.seen.values()}
        labels = self.labels | {RESPONSE: "Response"}
        order = list(labels)
        alerts: dict[str, list[Alert]] = defaultdict(list)
        for state in states:
            if state.key in names and state.event != AlertEvent.NONE:
                alerts[state.key].append(
                    Alert(
                        key=state.key,
                        group_name=names[state.key],
                        measure=state.measure,
                        label=labels[state.measure],
                        event=state.event,
                        since_wave=state.raised_in,
                        reason=state.reason,
                        kind=state.kind,
                    )
                )
        for found in alerts.values():
            found.sort(
                key=lambda alert: (_EVENTS.index(AlertEvent(alert.event)), order.index(alert.measure), alert.kind)
            )
        return alerts


def _watch(alert: Alert) -> bool:
    return alert.event == AlertEvent.WATCH


def _rank(row: GroupRow) -> tuple[bool, int, str]:
    return row.index.value is None, -(row.index.value or 0), row.name


def _whole(figure: float | None) -> int | None:
    return None if figure is None else round(figure)


def _in_language(texts: Mapping[str, str]) -> str:
    """The text in the reader's language, else in the first that it was written in."""
    return texts.get((get_language() or "").split("-")[0]) or next(iter(texts.values()))
