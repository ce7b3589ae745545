"""Who may open which page. Signing in is asked for by LoginRequiredMiddleware; this looks at the role."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils.cache import add_never_cache_headers

from surveys.choices import Role
from surveys.models import StaffUser

P = ParamSpec("P")
_View = Callable[Concatenate[HttpRequest, P], HttpResponse]


def role_required(*roles: Role) -> Callable[[_View[P]], _View[P]]:
    """Lets staff of these roles in; anybody else who has signed in gets the 403 page. No browser keeps the page."""

    def decorate(view: _View[P]) -> _View[P]:
        @wraps(view)
        def checked(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            if staff(request).role not in roles:
                raise PermissionDenied
            response = view(request, *args, **kwargs)
            add_never_cache_headers(response)
            return response

        return checked

    return decorate


def staff(request: HttpRequest) -> StaffUser:
    """The member of staff who has signed in; PermissionDenied if nobody has."""
    if not isinstance(request.user, StaffUser):
        raise PermissionDenied
    return request.user
