"""The one entrance to readable figures: what scoring has stored, for pages, commands and mails, and no more."""

import uuid

from django.db.models import Exists, F, OuterRef, QuerySet

from diagnostics.choices import GroupKind, Status
from diagnostics.core.alerts.reasons.codes import AlertEvent
from diagnostics.core.alerts.stage import ROTATION
from diagnostics.models import AlertState, GroupScore, MethodNote, Score, ScoringFault, Snapshot
from diagnostics.models.score import INDEX
from diagnostics.report import group_rows
from diagnostics.report.cell import measure_labels, to_cell
from diagnostics.report.pairs.model import pair_map
from diagnostics.report.report import Report, TrendPoint, WaveInfo
from diagnostics.report.rotation import RotationFigures
from diagnostics.report.visibility import Within, may_see
from diagnostics.scoring.method import MethodFigures, read_document
from surveys.models import StaffUser, Wave
from surveys.questions.kinds import TAKING_TURNS
from surveys.rules.rounding import GroupResponse
from surveys.selectors.people import visible_departments
from surveys.selectors.results import closed_wave_ids


def scored_waves() -> tuple[WaveInfo, ...]:
    """Every scored wave of every survey, the newest first."""
    snapshots = _newest_first().select_related("wave__survey").defer("wave__questionnaire")
    return tuple(group_rows.wave_info(snapshot.wave) for snapshot in snapshots)


def scored_wave_ids() -> frozenset[uuid.UUID]:
    return frozenset(Snapshot.objects.values_list("wave_id", flat=True))


def unscored_waves() -> tuple[uuid.UUID, ...]:
    """Closed waves that still wait to be scored, those of one survey in their order."""
    scored = scored_wave_ids()
    return tuple(wave_id for wave_id in closed_wave_ids() if wave_id not in scored)


def faulty_waves() -> frozenset[uuid.UUID]:
    """Those that scoring has failed for."""
    return frozenset(ScoringFault.objects.values_list("wave_id", flat=True))


def company_responses() -> dict[uuid.UUID, GroupResponse]:
    """How many of the whole company answered, by wave; one that is not scored yet is not there."""
    rows = GroupScore.objects.filter(kind=GroupKind.COMPANY).select_related("snapshot__wave")
    fields = ("response_low", "response_high", "response_percent", "response_percent_at_least")
    return {
        row.snapshot.wave_id: group_rows.stored_response(row, row.snapshot.wave.min_group_size)
        for row in rows.only(*fields, "snapshot__wave__min_group_size")
    }


def latest_wave(user: StaffUser) -> uuid.UUID | None:
    """The newest scored wave that has anything this user may see."""
    within = visible_departments(user)
    if within is None:
        return _newest_first().values_list("wave_id", flat=True).first()
    groups = GroupScore.objects.filter(kind=GroupKind.GROUP).select_related("snapshot")
    newest = groups.order_by("-snapshot__wave__closes_at", "snapshot_id").iterator()
    return next((group.snapshot.wave_id for group in newest if may_see(group.departments, within)), None)


def report(wave_id: uuid.UUID, *, within: Within, watches: bool = True) -> Report:
    """What the wave publishes about the departments `within` (ids; None: all), `watches` or not: mails go without.

    Raises Snapshot.DoesNotExist for a wave that is not scored. Nine queries, however large the company.
    """
    snapshot = Snapshot.objects.select_related("wave__survey").get(wave=wave_id)
    wave = snapshot.wave
    previous = _newest_first().filter(wave__survey=wave.survey_id, wave__number__lt=wave.number)
    earlier = [snapshot.wave for snapshot in previous.select_related("wave__survey").defer("wave__questionnaire")]
    opened = {scored.number: scored.opens_at for scored in (*earlier, wave)}
    groups = [group for group in snapshot.groups.all() if may_see(group.departments, within)]
    readable = {group.id for group in groups}
    scores = [score for score in Score.objects.filter(group__snapshot=snapshot) if score.group_id in readable]
    known = AlertState.objects.filter(wave=wave).exclude(event=AlertEvent.NONE)
    states = known if watches else known.exclude(event=AlertEvent.WATCH)
    rows = group_rows.ReportRows(wave, groups, scores, states, _rotation_figures(wave), opened)
    return Report(
        wave=group_rows.wave_info(wave),
        previous=group_rows.wave_info(earlier[0]) if earlier else None,
        company=rows.widest(),
        groups=rows.of_kind(GroupKind.GROUP),
        divisions=rows.of_kind(GroupKind.DIVISION),
        alerts=rows.all_alerts(),
        method=snapshot.method,
        min_group_size=wave.min_group_size,
        watches=rows.all_watches(),
        participation=rows.all_participation(),
        pairs=pair_map(snapshot, within=within),
    )


def trend(wave_id: uuid.UUID, key: str, measure: str, *, within: Within) -> tuple[TrendPoint, ...]:
    """A measure of a group over its survey's scored waves up to this one, oldest first.

    Waves that did not ask it, or counted other departments together, are left out. Empty for a group that the reader
    may not see. Raises Snapshot.DoesNotExist for a wave that is not scored.
    """
    snapshot = Snapshot.objects.select_related("wave").get(wave=wave_id)
    wave = snapshot.wave
    scores = (
        Score.objects.filter(group__key=key, measure=measure, group__snapshot__wave__survey=wave.survey_id)
        .annotate(number=F("group__snapshot__wave__number"), watched=_watched(key, measure))
        .filter(number__lte=wave.number)
        .select_related("group__snapshot__wave")
        .defer("group__snapshot__wave__questionnaire")
        .order_by("number")
    )
    label = measure_labels(wave.questionnaire).get(measure, measure)
    return tuple(
        TrendPoint(
            wave_id=score.group.snapshot.wave_id,
            wave_number=score.number,
            opens_at=score.group.snapshot.wave.opens_at,
            cell=to_cell(score, label, watched=score.watched),
        )
        for score in scores
        if may_see(score.group.departments, within)
    )


def _watched(key: str, measure: str) -> Exists:
    """Whether a score's measure was on watch in its wave; the index also with any of the signs."""
    on_watch = AlertState.objects.filter(wave=OuterRef("group__snapshot__wave"), key=key, event=AlertEvent.WATCH)
    return Exists(on_watch if measure == INDEX else on_watch.filter(measure=measure))


def method_figures(wave_id: uuid.UUID) -> MethodFigures | None:
    """How sure the wave's figures are; None for one that was scored before this was noted."""
    note = MethodNote.objects.filter(snapshot__wave=wave_id).first()
    return read_document(note.document) if note else None


def _rotation_figures(wave: Wave) -> RotationFigures:
    """Of the groups of this wave and of those before it in the same rotation; who reads it picks his own."""
    rotation = (wave.number - ROTATION + 1, wave.number)
    snapshots = Snapshot.objects.filter(wave__survey=wave.survey_id, wave__number__range=rotation)
    waves = [snapshot.wave for snapshot in snapshots.select_related("wave").order_by("wave__number")]
    turns = {scale["code"] for past in waves for scale in past.questionnaire["scales"] if scale["kind"] in TAKING_TURNS}
    scores = Score.objects.filter(group__snapshot__in=snapshots, measure__in=turns, status=Status.PUBLISHED)
    of_waves = scores.annotate(number=F("group__snapshot__wave__number"), key=F("group__key"))
    return RotationFigures(waves, [(score.number, score.key, score) for score in of_waves])


def _newest_first() -> QuerySet[Snapshot]:
    return Snapshot.objects.order_by("-wave__closes_at", "-wave__number")
