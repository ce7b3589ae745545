"""The surveys on HR's page, each with what comes next."""

import datetime as dt
import uuid
from dataclasses import dataclass

from django.db.models import Count, Min, OuterRef, Q, Subquery

from surveys.choices import WaveState
from surveys.models import Survey, Wave
from surveys.schedule.wording import Window


@dataclass(frozen=True)
class SurveyRow:
    """One survey on the page of surveys."""

    pk: int
    name: str
    # Its label.
    cadence: str
    # Its code and version.
    instrument: str
    # How many the audience names; 0 for everybody.
    departments: int
    # How many are closed.
    waves: int
    # None where no wave is planned.
    next_opening: dt.datetime | None
    # The id of the wave that is planned, or None.
    next_wave: uuid.UUID | None
    # Whether no wave is planned or opened for now.
    paused: bool


def planned_window(survey: Survey) -> Window | None:
    """When the survey's planned wave opens and closes; None where none is planned."""
    planned = Wave.objects.filter(survey=survey.pk, state=WaveState.PLANNED)
    return planned.values_list("opens_at", "closes_at").first()


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
