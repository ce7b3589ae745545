"""HR's two buttons about mails: queue those again that were given up, and try the mail server now."""

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from surveys.choices import Role
from surveys.mails.requeueing import requeue_failed
from surveys.models import Wave
from surveys.services.mail_server import try_now
from surveys.views.access import role_required


@role_required(Role.HR)
@require_POST
def again(request: HttpRequest, wave_id: uuid.UUID) -> HttpResponse:
    counted = requeue_failed(Wave.objects.filter(id=wave_id))
    text = f"Invitations that are sent again: {counted.queued}."
    if counted.left:
        text += f" Refused for the recipients' own reasons: {counted.left}. Correct the addresses of these people."
    messages.info(request, text)
    return redirect("waves")


@role_required(Role.HR)
@require_POST
def try_server(request: HttpRequest) -> HttpResponse:
    try_now()
    messages.info(request, "The mail server is tried again within a minute.")
    return redirect("waves")
