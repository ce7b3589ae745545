import datetime as dt
import uuid
from dataclasses import dataclass

from django.db.models import Count, Min, OuterRef, Q, Subquery

from surveys.choices import WaveState
from surveys.models import Survey, Wave


@dataclass(frozen=True)
class SurveyRow:
    """`departments` counts those of the audience, 0 for everybody.

    `next_opening` and `next_wave`, its id, are None when none is planned.
    """

    pk: int
    name: str
    cadence: str
    instrument: str
    departments: int
    waves: int
    next_opening: dt.datetime | None
    next_wave: uuid.UUID | None
    paused: bool


def survey_rows() -> tuple[SurveyRow, ...]:
    """Every survey by name, in one query."""
    planned = Q(waves__state=WaveState.PLANNED)
    counted = Survey.objects.select_related("instrument").annotate(
        departments=Count("audience", distinct=True),
        closed=Count("waves", filter=Q(waves__state=WaveState.CLOSED), distinct=True),
        next_opening=Min("waves__opens_at", filter=planned),
        next_wave=Subquery(Wave.objects.filter(survey=OuterRef("pk"), state=WaveState.PLANNED).values("id")[:1]),
    )
    return tuple(
        SurveyRow(
            pk=survey.pk,
            name=survey.name,
            cadence=survey.get_cadence_display(),
            instrument=str(survey.instrument),
            departments=survey.departments,
            waves=survey.closed,
            next_opening=survey.next_opening,
            next_wave=survey.next_wave,
            paused=survey.paused,
        )
        for survey in counted.defer("instrument__document")
    )
