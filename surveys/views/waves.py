from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from surveys.choices import Role
from surveys.schedule.wording import explain_obstacle
from surveys.selectors.first_steps import first_steps
from surveys.selectors.mail_server import mail_trouble
from surveys.selectors.obstacles import wave_obstacles
from surveys.selectors.wave_notes import wave_notes
from surveys.selectors.waves import wave_rows
from surveys.views.access import role_required


@role_required(Role.HR)
@require_safe
def waves(request: HttpRequest) -> HttpResponse:
    obstacles = wave_obstacles(timezone.now())
    reasons = {wave_id: explain_obstacle(obstacle) for wave_id, obstacle in obstacles.items()}
    notes = wave_notes()
    rows = [(row, reasons.get(row.id, ""), notes.get(row.id, [])) for row in wave_rows()]
    shown = {"waves": rows, "first_steps": first_steps(), "mail_trouble": mail_trouble()}
    return render(request, "surveys/waves.html", shown)
