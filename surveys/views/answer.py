"""The answer page. GET changes nothing; one POST casts the ballot. No cookie, session, script or log line."""

from collections.abc import Callable
from functools import wraps
from gzip import compress
from http import HTTPStatus
from typing import Any

from csp.constants import NONE
from csp.decorators import csp_replace
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, QueryDict
from django.middleware.gzip import re_accepts_gzip
from django.shortcuts import render
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_http_methods

from surveys.choices import NOT_OPEN_YET, WaveState
from surveys.forms.answer import AnswerForm
from surveys.forms.answer_page import assemble, closing_time
from surveys.forms.ballot_reader import named_departments, reader_of
from surveys.models import Invitation, Wave
from surveys.rules.limits import FOUND_COUNTERPARTS
from surveys.selectors.answer_pages import stored_page
from surveys.selectors.answering import (
    OpenInvitation,
    counterpart_choices,
    find_counterparts,
    group_departments,
    invitation_for,
    invitation_to_answer,
)
from surveys.selectors.key_authenticity import keys_of
from surveys.services.answering import CastOutcome, cast_ballot
from surveys.views.form_status import form_status

_AFTER = {
    CastOutcome.ACCEPTED: ("thanks", HTTPStatus.OK),
    CastOutcome.ALREADY_ANSWERED: ("answered", HTTPStatus.CONFLICT),
    CastOutcome.NOT_OPEN: ("closed", HTTPStatus.GONE),
}
_LEVEL = 3
_View = Callable[[HttpRequest, str], HttpResponse]


def _respondent_headers(view: _View) -> _View:
    @wraps(view)
    def with_headers(request: HttpRequest, token: str) -> HttpResponse:
        response = view(request, token)
        response["Referrer-Policy"] = "no-referrer"
        response["X-Robots-Tag"] = "noindex"
        return response

    return with_headers


@login_not_required
@csrf_exempt  # The token is the capability, and there is no cookie that a foreign page could ride on.
@require_http_methods(["GET", "HEAD", "POST"])
@cache_control(no_store=True)
@csp_replace({"script-src": [NONE], "connect-src": [NONE]})  # type: ignore[arg-type] # its types know no path arguments
@gzip_page  # Safe here: the page holds no secret that its compressed size could betray; the token is in the path only.
@_respondent_headers
def answer(request: HttpRequest, token: str) -> HttpResponse:
    reply = _taken(request, token) if request.method == "POST" else _stored(request, token)
    if reply is not None:
        return reply
    invitation = invitation_for(token)
    if invitation is None:
        return _page(request, "unknown", status=HTTPStatus.NOT_FOUND)
    employee = invitation.employee
    language = employee.language if employee else settings.LANGUAGE_CODE
    with translation.override(language):
        return _questions(request, invitation, language)


def _stored(request: HttpRequest, token: str) -> HttpResponse | None:
    """The page that was made at opening; None where there is none for this link."""
    page = stored_page(token)
    if page is None:
        return None
    with translation.override(page.language):
        return _in_language(_compressed(request, assemble(page)))


def _compressed(request: HttpRequest, page: str) -> HttpResponse:
    """As gzip_page would, at the level that takes a third of the time and 8 % more bytes.

    Without letters by chance: nothing that somebody has sent is on the page, nor any secret that its size would tell.
    """
    if not re_accepts_gzip.search(request.headers.get("Accept-Encoding", "")):
        return HttpResponse(page)
    response = HttpResponse(compress(page.encode(), _LEVEL, mtime=0), headers={"Content-Encoding": "gzip"})
    patch_vary_headers(response, ("Accept-Encoding",))
    return response


def _taken(request: HttpRequest, token: str) -> HttpResponse | None:
    """The reply to an answer that was read and cast. None where the form, which is only built then, has to say more."""
    invitation = invitation_to_answer(token)
    if invitation is None or "another" in request.POST:
        return None
    ballot = reader_of(invitation.wave_id).read(request.POST, invitation)
    if ballot is None:
        return None
    outcome = cast_ballot(invitation_id=invitation.id, keys=invitation.keys, ballot=ballot)
    if outcome == CastOutcome.KEY_DOUBTED:
        return None
    with translation.override(invitation.language or settings.LANGUAGE_CODE):
        return _after(request, outcome, wave=invitation)


def _questions(request: HttpRequest, invitation: Invitation, language: str) -> HttpResponse:
    if invitation.wave.state != WaveState.OPEN or invitation.answered:
        return _instead(request, invitation)
    if request.method != "POST":
        form = _built(None, invitation, language)
        return _form(request, invitation, form, form_status(form))
    if "another" in request.POST:
        return _search(request, invitation, language)
    return _sent(request, invitation, language)


def _sent(request: HttpRequest, invitation: Invitation, language: str) -> HttpResponse:
    """The form with what is wrong, unless there is nothing any more: the list of departments may have changed."""
    form = _built(request.POST, invitation, language)
    if not form.is_valid():
        return _form(request, invitation, form, form_status(form))
    outcome = cast_ballot(invitation_id=invitation.id, keys=keys_of(invitation.wave), ballot=form.ballot())
    if outcome == CastOutcome.KEY_DOUBTED:
        return _form(request, invitation, form, HTTPStatus.SERVICE_UNAVAILABLE, key_doubted=True)
    return _after(request, outcome, wave=invitation.wave)


def _after(request: HttpRequest, outcome: CastOutcome, *, wave: OpenInvitation | Wave) -> HttpResponse:
    """`wave` is what has its closing time and its minimum group size."""
    name, status = _AFTER[outcome]
    return _page(request, name, status=status, wave=wave)


def _search(request: HttpRequest, invitation: Invitation, language: str) -> HttpResponse:
    """The form with all that was entered, and the departments that were searched for to choose from.

    Nothing is checked or stored. No address ever has what was searched for.
    """
    text = request.POST.get("search", "").strip()
    found = find_counterparts(invitation, text)
    shown = found[:FOUND_COUNTERPARTS]
    choices = counterpart_choices(invitation, named=named_departments(request.POST)).adding(shown)
    form = AnswerForm(invitation=invitation, choices=choices, language=language)
    form.show(request.POST.dict())
    search = {"text": text, "found": shown, "is_cut": len(found) > len(shown)}
    return _form(request, invitation, form, HTTPStatus.OK, search=search)


def _built(data: QueryDict | None, invitation: Invitation, language: str) -> AnswerForm:
    choices = counterpart_choices(invitation, named=named_departments(data) if data else ())
    return AnswerForm(data, invitation=invitation, choices=choices, language=language)


def _form(
    request: HttpRequest, invitation: Invitation, form: AnswerForm, status: HTTPStatus, **context: Any
) -> HttpResponse:
    shared = {
        "invitation": invitation,
        "form": form,
        "group": invitation.group,
        "group_departments": group_departments(invitation.group),
        "closing": closing_time(invitation.wave.closes_at),
    }
    return _page(request, "form", status=status, **shared, **context)


def _instead(request: HttpRequest, invitation: Invitation) -> HttpResponse:
    """The friendly page of a link that cannot be used now. Looking is no mistake; sending is a conflict."""
    status = HTTPStatus.CONFLICT if request.method == "POST" else HTTPStatus.OK
    if invitation.wave.state in NOT_OPEN_YET:
        return _page(request, "not_open", status=status, invitation=invitation)
    if invitation.wave.state == WaveState.OPEN:
        return _page(request, "answered", status=status, wave=invitation.wave)
    return _page(request, "closed", status=HTTPStatus.GONE, invitation=invitation)


def _page(request: HttpRequest, name: str, *, status: HTTPStatus = HTTPStatus.OK, **context: Any) -> HttpResponse:
    invitation: Invitation | None = context.get("invitation")
    trustee = invitation is not None and invitation.wave.trustee_key_id is not None
    shared = {"organisation": settings.ORGANISATION, "key_apart": settings.KEY_APART, "trustee": trustee}
    response = render(request, f"surveys/answer_{name}.html", context | shared, status=status)
    return _in_language(response)


def _in_language(response: HttpResponse) -> HttpResponse:
    response["Content-Language"] = translation.get_language()
    return response
