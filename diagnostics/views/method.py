"""How a wave's figures were computed, and how sure they are."""

import uuid

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from diagnostics.models import Snapshot
from diagnostics.pages.method import method_page
from diagnostics.report import selectors
from surveys.choices import Role
from surveys.selectors.people import visible_departments
from surveys.views.access import role_required, staff


@role_required(Role.HR, Role.LEADER)
@require_safe
def method(request: HttpRequest, wave: uuid.UUID) -> HttpResponse:
    """The company as a whole; departments by name only for those who may see all of them."""
    try:
        report = selectors.report(wave, within=None)
    except Snapshot.DoesNotExist:
        raise Http404 from None
    page = method_page(report, selectors.method_figures(wave), whole=visible_departments(staff(request)) is None)
    return render(request, "diagnostics/method.html", {"page": page})
