"""The results of manage.py audit_anonymity, for auditors and HR."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from surveys.choices import Role
from surveys.models import AuditRun
from surveys.selectors import audits
from surveys.selectors.waves import waves_with_keys
from surveys.views.access import role_required


@role_required(Role.AUDITOR, Role.HR)
@require_safe
def latest(request: HttpRequest) -> HttpResponse:
    return _page(request, audits.audit_run())


@role_required(Role.AUDITOR, Role.HR)
@require_safe
def audit(request: HttpRequest, pk: int) -> HttpResponse:
    run = audits.audit_run(pk)
    if run is None:
        raise Http404
    return _page(request, run)


def _page(request: HttpRequest, run: AuditRun | None) -> HttpResponse:
    context: dict[str, object] = {"run": run, "runs": audits.audit_runs(), "waves_with_keys": waves_with_keys()}
    if run is not None:
        context |= {"attempts": audits.attempts(run.report), "places": audits.places(run.report)}
    return render(request, "surveys/audit.html", context)
