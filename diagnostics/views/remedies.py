"""Remedies: HR plans them, a leader reads those of the own departments."""

import uuid

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from diagnostics.forms.remedies import ChangeForm, PlanForm
from diagnostics.models import Remedy, Snapshot
from diagnostics.pages import remedies
from diagnostics.remedies import selectors as remedy_selectors
from diagnostics.report import selectors
from diagnostics.services.remedying import save_remedy
from surveys.choices import Role
from surveys.selectors.people import visible_departments
from surveys.views.access import role_required, staff


@role_required(Role.HR, Role.LEADER)
@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    within = visible_departments(staff(request))
    context = {
        "rows": remedy_selectors.remedies(within=within, measured=True),
        "wave": selectors.latest_wave(staff(request)),
    }
    return render(request, "diagnostics/remedies.html", context)


@role_required(Role.HR, Role.LEADER)
@require_safe
def detail(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    row = remedy_selectors.remedy(pk, within=visible_departments(staff(request)))
    if row is None:
        raise Http404
    return render(request, "diagnostics/remedy.html", {"row": row})


@role_required(Role.HR)
def plan(request: HttpRequest, wave: uuid.UUID) -> HttpResponse:
    """A new remedy for the survey of a scored wave; the query string has what was proposed."""
    snapshot = get_object_or_404(Snapshot.objects.select_related("wave__survey"), wave=wave)
    start = remedies.initial(wave, request.GET)
    possible = remedy_selectors.possible_sides(wave)
    form = PlanForm(request.POST or None, survey=snapshot.wave.survey, sides=possible, initial=start)
    return _save(request, form, "New remedy")


@role_required(Role.HR)
def change(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    remedy = get_object_or_404(Remedy, pk=pk)
    return _save(request, ChangeForm(request.POST or None, instance=remedy), f"Change {remedy.title}")


@role_required(Role.HR, Role.LEADER)
@require_safe
def pair(request: HttpRequest, wave: uuid.UUID, key: str, other: str) -> HttpResponse:
    """What two departments of a wave can do together."""
    try:
        page = remedies.pair_page(selectors.report(wave, within=visible_departments(staff(request))), key, other)
    except Snapshot.DoesNotExist:
        page = None
    if page is None:
        raise Http404
    return render(request, "diagnostics/pair_proposals.html", {"page": page})


def _save(request: HttpRequest, form: ChangeForm, title: str) -> HttpResponse:
    if request.method != "POST" or not form.is_valid() or not _saved(form):
        return render(request, "diagnostics/remedy_form.html", {"form": form, "title": title})
    messages.success(request, f"“{form.instance.title}” is saved.")
    return redirect("remedy", form.instance.pk)


def _saved(form: ChangeForm) -> bool:
    """Whether the remedy could be saved; if not, the form says why: somebody else was quicker."""
    try:
        save_remedy(remedy=form.instance)
    except ValidationError as error:
        form.add_error(None, error.messages)
        return False
    return True
