"""Setting up surveys: HR only."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from surveys.choices import Role
from surveys.forms.survey import SEEN, SurveyForm
from surveys.models import Survey
from surveys.questions.instrument_file import BUILT_IN
from surveys.schedule.wording import explain_move
from surveys.selectors.first_steps import first_steps
from surveys.selectors.foreseeing import Foreseen, foresee
from surveys.selectors.surveys import planned_window, survey_rows
from surveys.services.instruments import import_instrument
from surveys.services.scheduling import upcoming_opening
from surveys.services.setting_up import set_up
from surveys.views.access import role_required


@role_required(Role.HR)
@require_safe
def surveys(request: HttpRequest) -> HttpResponse:
    return render(request, "surveys/surveys.html", {"surveys": survey_rows(), "first_steps": first_steps()})


@role_required(Role.HR)
def survey(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """A new survey without `pk`, else a change of that one. Saved once HR has seen who would be left out."""
    instance = get_object_or_404(Survey, pk=pk) if pk else None
    form = SurveyForm(request.POST or None, instance=instance, now=timezone.now())
    if request.method != "POST" or not form.is_valid():
        return render(request, "surveys/survey.html", {"form": form, "first_steps": first_steps()})
    foreseen = _foresee(form)
    if foreseen and foreseen.fingerprint != request.POST.get(SEEN, ""):
        form.ask_again(foreseen.fingerprint)
        context = {"form": form, "first_steps": first_steps(), "foreseen": foreseen}
        return render(request, "surveys/survey.html", context)
    if not _save(request, form):
        return render(request, "surveys/survey.html", {"form": form, "first_steps": first_steps()})
    return redirect("surveys")


def _foresee(form: SurveyForm) -> Foreseen | None:
    """Who would not be asked, before anything is saved; None where no wave is to come."""
    opens_at = None if form.instance.paused else upcoming_opening(survey=form.instance)
    if opens_at is None:
        return None
    return foresee(form.instance, [department.pk for department in form.cleaned_data["audience"]], opens_at)


def _save(request: HttpRequest, form: SurveyForm) -> bool:
    """Saves the survey, and says so if that has moved its planned wave. If somebody was quicker, the form says so."""
    before = planned_window(form.instance)
    try:
        set_up(survey=form.instance, audience=form.cleaned_data["audience"])
    except ValidationError as error:
        form.add_error(None, error)
        return False
    messages.success(request, f"“{form.instance.name}” is saved.")
    if moved := explain_move(before, planned_window(form.instance)):
        messages.info(request, moved)
    return True


@role_required(Role.HR)
@require_POST
def use_built_in(request: HttpRequest) -> HttpResponse:
    """Takes in the question bank that comes with the product."""
    instrument = import_instrument(BUILT_IN.read_text(encoding="utf-8")).instrument
    messages.success(request, f"The built-in question bank (version {instrument.version}) can be used now.")
    return redirect("survey-new")
