"""Storing a survey that HR has set up."""

from collections.abc import Iterable

from django.db import IntegrityError, transaction

from surveys.models import Department, Survey
from surveys.schedule.spacing import check_spacing
from surveys.services.scheduling import replan


@transaction.atomic
def set_up(*, survey: Survey, audience: Iterable[Department]) -> None:
    """Saves the survey, new or changed, and plans its next wave by it. A wave that is open stays as it is.

    Raises ValidationError, for an own rule that asks more often than every four weeks too. Where somebody else saves a
    survey of the same name between check and writing, a second check finds it.
    """
    survey.full_clean()
    check_spacing(survey)
    try:
        with transaction.atomic():
            survey.save()
    except IntegrityError:
        survey.full_clean()
        raise
    survey.audience.set(audience)
    replan(survey=survey)
