"""Storing a survey that HR has set up."""

from collections.abc import Iterable

from django.db import transaction

from surveys.models import Department, Survey
from surveys.services.scheduling import replan


@transaction.atomic
def set_up(*, survey: Survey, audience: Iterable[Department]) -> None:
    """Saves the survey, new or changed, and plans its next wave by it. A wave that is open stays as it is."""
    survey.full_clean()
    survey.save()
    survey.audience.set(audience)
    replan(survey=survey)
