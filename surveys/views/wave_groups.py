"""Who is counted together in one wave: HR looks and may choose before it opens; from then on it stands."""

import uuid
from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Concatenate, ParamSpec

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from surveys.choices import Role, WaveState
from surveys.forms.groups import GroupSearchForm, TogetherForm
from surveys.models import Wave
from surveys.selectors.wave_groups import groups_in_force, neighbourhood, planned_groups, wave_by_id
from surveys.services import choosing
from surveys.views.access import role_required

PAGE = 50
_P = ParamSpec("_P")
_View = Callable[Concatenate[HttpRequest, _P], HttpResponse]


def _stands(request: HttpRequest) -> HttpResponse:
    messages.warning(
        request, "That wave is not planned any more: it has begun to open, or was planned anew. Nothing was changed."
    )
    return redirect("waves")


def _unless_frozen(view: _View[_P]) -> _View[_P]:
    @wraps(view)
    def checked(request: HttpRequest, *args: _P.args, **kwargs: _P.kwargs) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except choosing.FrozenError:
            return _stands(request)

    return checked


@role_required(Role.HR)
@require_safe
def wave(request: HttpRequest, wave_id: uuid.UUID) -> HttpResponse:
    found = wave_by_id(wave_id)
    if found is None:
        return _stands(request)
    if found.state == WaveState.CLOSED:
        return redirect("wave-report", wave_id)
    planned = planned_groups(found) if found.state == WaveState.PLANNED else None
    form = GroupSearchForm(request.GET)
    rows = planned.rows if planned else groups_in_force(found)
    page = Paginator(form.matching(rows), PAGE).get_page(request.GET.get("page"))
    context = {"wave": found, "planned": planned, "form": form, "page": page, "groups": rows}
    return render(request, "surveys/wave.html", context)


@role_required(Role.HR)
@_unless_frozen
@require_http_methods(["GET", "HEAD", "POST"])
def together(request: HttpRequest, wave_id: uuid.UUID, department: int) -> HttpResponse:
    found = _planned(wave_id)
    around = neighbourhood(found, department)
    if around is None:
        messages.warning(request, "Nobody is asked in that department any more. This is how it is now.")
        return redirect("wave", wave_id)
    form = TogetherForm(request.POST if request.method == "POST" else None, around=around)
    if form.is_valid() and _choose(found, department, form):
        messages.success(request, f"Chosen. It holds from wave {found.number} on, until you change it.")
        return redirect("wave", wave_id)
    context = {"wave": found, "department": department, "around": around, "form": form}
    return render(request, "surveys/wave_together.html", context, status=_status(form))


@role_required(Role.HR)
@_unless_frozen
@require_POST
def drop_choice(request: HttpRequest, wave_id: uuid.UUID, department: int) -> HttpResponse:
    dropped = choosing.drop(wave_id=wave_id, department=department)
    messages.info(request, "The choice is dropped: the rules decide again." if dropped else "There was no such choice.")
    return redirect("wave", wave_id)


def _planned(wave_id: uuid.UUID) -> Wave:
    found = wave_by_id(wave_id)
    if found is None or found.state != WaveState.PLANNED:
        raise choosing.FrozenError
    return found


def _choose(wave: Wave, department: int, form: TogetherForm) -> bool:
    others = frozenset(form.cleaned_data["others"]) - {department}
    try:
        choosing.choose(wave_id=wave.id, department=department, others=others)
    except choosing.RefusedError as error:
        form.add_error("others", str(error))
        return False
    return True


def _status(form: TogetherForm) -> HTTPStatus:
    return HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
