"""Sign-in, asked for everywhere but on public pages, and the language of what comes after it."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth import middleware
from django.http import HttpRequest, HttpResponseBase
from django.utils import translation


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
