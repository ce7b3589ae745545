"""The pair map of a wave. HR reads all of it, a leader what the own departments say, and what all say of them."""

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from diagnostics.models import Snapshot
from diagnostics.pages.pairs.page import pair_page
from diagnostics.report import selectors
from diagnostics.views.reports import not_scored
from surveys.choices import Role
from surveys.selectors.people import visible_departments
from surveys.views.access import role_required, staff


@role_required(Role.HR, Role.LEADER)
@require_safe
def pair_map(request: HttpRequest, wave: uuid.UUID) -> HttpResponse:
    try:
        report = selectors.report(wave, within=visible_departments(staff(request)))
    except Snapshot.DoesNotExist:
        return not_scored(request, wave)
    return render(request, "diagnostics/pairs.html", {"page": pair_page(report), "waves": selectors.scored_waves()})
