"""Asks for sign-in everywhere but on public pages, and answers what cannot be read, or not now: 400 and 429."""

import logging
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.contrib.auth import middleware
from django.db import DataError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.template import loader
from django.utils import translation

from surveys.services.turns import BusyError

_LOG = logging.getLogger("django.request")


class LoginRequiredMiddleware(middleware.LoginRequiredMiddleware):
    """Looks at the view before the visitor: Django's own reads the session first, and respondents must have none."""

    def process_view(
        self, request: HttpRequest, view_func: Callable[..., Any], view_args: Any, view_kwargs: Any
    ) -> HttpResponseBase | None:
        if not getattr(view_func, "login_required", True):
            return None
        # Staff pages are written in one language; names of signs in the browser's would not fit their sentences.
        translation.activate(settings.LANGUAGE_CODE)
        return super().process_view(request, view_func, view_args, view_kwargs)


class OddValuesMiddleware:
    """A value that no column and no codec can hold is the client's mistake, wherever it is met: status 400."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self._get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, DataError | OverflowError | UnicodeError):
            return None
        _LOG.error("A value could not be read: %s", request.path, exc_info=exception, extra={"request": request})
        return bad_request(request, exception)


class BusyMiddleware:
    """Status 429, and when to try again, where too many passwords and passphrases are being checked."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self._get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        del request
        if not isinstance(exception, BusyError):
            return None
        page = loader.get_template("429.html").render()
        headers = {"Retry-After": str(BusyError.RETRY_SECONDS), "Cache-Control": "no-store"}
        return HttpResponse(page, status=HTTPStatus.TOO_MANY_REQUESTS, headers=headers)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """The page of status 400. Unlike Django's own it reads nothing of a request that could not be read."""
    del request, exception
    return HttpResponse(loader.get_template("400.html").render(), status=HTTPStatus.BAD_REQUEST)
