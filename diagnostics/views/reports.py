"""The risk report. HR reads all of it, a leader what is within the own departments."""

import uuid

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from diagnostics.models import Snapshot
from diagnostics.models.score import INDEX
from diagnostics.pages.company import company_page
from diagnostics.pages.department import department_page
from diagnostics.pages.remedies import neighbours
from diagnostics.remedies.selectors import remedies
from diagnostics.report import selectors
from surveys.choices import Role
from surveys.selectors.first_steps import first_steps
from surveys.selectors.people import visible_departments
from surveys.views.access import role_required, staff


@role_required(Role.HR, Role.LEADER)
@require_safe
def latest(request: HttpRequest) -> HttpResponse:
    """The company page of the newest scored wave; before there is one, the way to it."""
    wave = selectors.latest_wave(staff(request))
    if wave is None:
        return render(request, "diagnostics/no_report.html", {"first_steps": first_steps()})
    return _company(request, wave)


@role_required(Role.HR, Role.LEADER)
@require_safe
def company(request: HttpRequest, wave: uuid.UUID) -> HttpResponse:
    return _company(request, wave)


@role_required(Role.HR, Role.LEADER)
@require_safe
def department(request: HttpRequest, wave: uuid.UUID, key: str) -> HttpResponse:
    within = visible_departments(staff(request))
    try:
        report = selectors.report(wave, within=within)
    except Snapshot.DoesNotExist:
        return not_scored(request, wave)
    newest = next(wave for wave in selectors.scored_waves() if wave.survey_name == report.wave.survey_name)
    tried = remedies(within=within, survey=report.wave.survey_name, measured=True)
    page = department_page(report, key, selectors.trend(newest.id, key, INDEX, within=within), tried)
    if page is None:
        raise Http404
    context = {"page": page, "neighbours": neighbours(report, page.group)}
    return render(request, "diagnostics/department.html", context)


def _company(request: HttpRequest, wave: uuid.UUID) -> HttpResponse:
    within = visible_departments(staff(request))
    try:
        report = selectors.report(wave, within=within)
    except Snapshot.DoesNotExist:
        return not_scored(request, wave)
    page = company_page(report, selectors.trend(wave, report.company.key, INDEX, within=within))
    return render(request, "diagnostics/company.html", {"page": page, "waves": selectors.scored_waves()})


def not_scored(request: HttpRequest, wave: uuid.UUID) -> HttpResponse:
    """A counted wave is minutes from its report; any other has none."""
    if wave not in selectors.unscored_waves():
        raise Http404
    return render(request, "diagnostics/not_scored.html", {"faulty": wave in selectors.faulty_waves()})
