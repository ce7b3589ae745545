from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from surveys.access import role_required
from surveys.choices import Role
from surveys.selectors.setup import setup
from surveys.selectors.waves import wave_rows


@role_required(Role.HR)
@require_safe
def waves(request: HttpRequest) -> HttpResponse:
    return render(request, "surveys/waves.html", {"waves": wave_rows(), "setup": setup()})
