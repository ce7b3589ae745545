"""Setting up surveys: HR only."""

import datetime as dt

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from surveys.choices import Role
from surveys.forms.rule import shortest_gap
from surveys.forms.survey import SurveyForm
from surveys.models import Survey
from surveys.questions.instrument_file import BUILT_IN
from surveys.schedule.wording import explain_move
from surveys.selectors.setup import setup
from surveys.selectors.surveys import planned_window, survey_rows
from surveys.services.instruments import import_instrument
from surveys.services.setting_up import set_up
from surveys.views.access import role_required

# What the items ask about, less the hour that daylight saving takes.
_PERIOD = dt.timedelta(weeks=4, hours=-1)


@role_required(Role.HR)
@require_safe
def surveys(request: HttpRequest) -> HttpResponse:
    return render(request, "surveys/surveys.html", {"surveys": survey_rows(), "setup": setup()})


@role_required(Role.HR)
def survey(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """A new survey without `pk`, else a change of that one."""
    instance = get_object_or_404(Survey, pk=pk) if pk else None
    form = SurveyForm(request.POST or None, instance=instance, now=timezone.now())
    if request.method != "POST" or not form.is_valid():
        return render(request, "surveys/survey.html", {"form": form, "setup": setup()})
    _save(request, form)
    gap = shortest_gap(form.instance)
    if gap and gap < _PERIOD:
        messages.warning(request, "Waves open more often than the four weeks that the questions ask about.")
    return redirect("surveys")


def _save(request: HttpRequest, form: SurveyForm) -> None:
    """Saves the survey, and says so if that has moved its planned wave."""
    before = planned_window(form.instance)
    set_up(survey=form.instance, audience=form.cleaned_data["audience"])
    messages.success(request, f"“{form.instance.name}” is saved.")
    if moved := explain_move(before, planned_window(form.instance)):
        messages.info(request, moved)


@role_required(Role.HR)
@require_POST
def use_built_in(request: HttpRequest) -> HttpResponse:
    """Takes in the question bank that comes with the product."""
    instrument = import_instrument(BUILT_IN.read_text(encoding="utf-8")).instrument
    messages.success(request, f"The built-in question bank (version {instrument.version}) can be used now.")
    return redirect("survey-new")
