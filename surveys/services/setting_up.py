"""Storing a survey that HR has set up."""

from collections.abc import Iterable

from django.db import transaction

from surveys.models import Department, Survey
from surveys.schedule.spacing import check_spacing
from surveys.services.scheduling import replan


@transaction.atomic
def set_up(*, survey: Survey, audience: Iterable[Department]) -> None:
    """Saves the survey, new or changed, and plans its next wave by it. A wave that is open stays as it is.

    Raises ValidationError, for an own rule that asks more often than every four weeks too.
    """
    survey.full_clean()
    check_spacing(survey)
    survey.save()
    survey.audience.set(audience)
    replan(survey=survey)
