from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from surveys.choices import Role
from surveys.selectors.setup import setup
from surveys.selectors.waves import wave_rows
from surveys.views.access import role_required


@role_required(Role.HR)
@require_safe
def waves(request: HttpRequest) -> HttpResponse:
    return render(request, "surveys/waves.html", {"waves": wave_rows(), "setup": setup()})
