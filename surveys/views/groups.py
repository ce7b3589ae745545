"""The reporting groups of one wave: HR looks at them, and may choose others before it opens."""

import uuid
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import wraps
from typing import Concatenate, ParamSpec

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from surveys.choices import Role, WaveState
from surveys.forms.groups import GroupChoiceForm, GroupSearchForm
from surveys.grouping.plan import RejectedPool
from surveys.grouping.wording import advise, explain_reason, explain_rejection, explain_separation, list_names
from surveys.models import Wave
from surveys.schedule.wording import explain_obstacle
from surveys.selectors.groups import (
    GroupOptions,
    PlannedGroups,
    WaveGroup,
    group_options,
    opened_groups,
    planned_groups,
    wave_by_id,
)
from surveys.selectors.obstacles import wave_obstacle
from surveys.selectors.people import read_departments
from surveys.services import group_choices
from surveys.views.access import role_required
from surveys.views.form_status import form_status

PAGE = 50
_P = ParamSpec("_P")
_View = Callable[Concatenate[HttpRequest, _P], HttpResponse]


@dataclass(frozen=True)
class _RejectedLine:
    """A choice of HR that is not followed, as the page shows it."""

    # A department of it, by which it can be dropped.
    department: int
    # Its departments, in one text.
    names: str
    # Why it is not followed.
    explanation: str


def _lead_back(request: HttpRequest) -> HttpResponse:
    messages.warning(
        request, "That wave is no longer planned: it has begun to open, or was planned again. Nothing was changed."
    )
    return redirect("waves")


def _while_planned(view: _View[_P]) -> _View[_P]:
    @wraps(view)
    def checked(request: HttpRequest, *args: _P.args, **kwargs: _P.kwargs) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except group_choices.NotPlannedError:
            return _lead_back(request)

    return checked


@role_required(Role.HR)
@require_safe
def wave(request: HttpRequest, wave_id: uuid.UUID) -> HttpResponse:
    found = wave_by_id(wave_id)
    if found is None:
        return _lead_back(request)
    if found.state == WaveState.CLOSED:
        return redirect("wave-report", wave_id)
    planned = planned_groups(found) if found.state == WaveState.PLANNED else None
    shown = planned or opened_groups(found)
    form = GroupSearchForm(request.GET)
    page = Paginator(form.matching(shown.groups), PAGE).get_page(request.GET.get("page"))
    context = {"wave": found, "planned": planned, "form": form, "page": page, "groups": shown.groups}
    changed = _what_changed(planned) if planned else {}
    explained = {"obstacle": _obstacle(found), "lines": _lines(page, shown.names), **changed}
    return render(request, "surveys/wave.html", context | explained)


@role_required(Role.HR)
@_while_planned
@require_http_methods(["GET", "HEAD", "POST"])
def choose(request: HttpRequest, wave_id: uuid.UUID, department: int) -> HttpResponse:
    found = _planned(wave_id)
    options = group_options(found, department)
    if options is None:
        messages.warning(request, "Nobody is asked in that department any more. These are the groups now.")
        return redirect("wave", wave_id)
    form = GroupChoiceForm(request.POST if request.method == "POST" else None, options=options)
    if form.is_valid() and _choose(found, department, form, options):
        messages.success(request, f"Saved. The choice counts from wave {found.number} on, until you change it.")
        return redirect("wave", wave_id)
    context = {"wave": found, "department": department, "options": options, "form": form}
    context["reasons"] = [explain_reason(reason, options.names) for reason in options.reasons]
    return render(request, "surveys/wave_group_choice.html", context, status=form_status(form))


@role_required(Role.HR)
@_while_planned
@require_POST
def drop_choice(request: HttpRequest, wave_id: uuid.UUID, department: int) -> HttpResponse:
    dropped = group_choices.drop_choice(wave_id=wave_id, department=department)
    messages.info(request, "The choice is dropped: the rules decide again." if dropped else "There was no such choice.")
    return redirect("wave", wave_id)


def _obstacle(wave: Wave) -> str:
    """What keeps the wave from opening, in a sentence; empty if nothing does."""
    obstacle = wave_obstacle(wave, read_departments().tree, timezone.now())
    return explain_obstacle(obstacle) if obstacle else ""


def _lines(page: Page, names: Mapping[int, str]) -> list[tuple[WaveGroup, list[str]]]:
    """The groups of the page, each with the sentences of its reasons."""
    return [(group, [explain_reason(reason, names) for reason in group.reasons]) for group in page]


def _what_changed(planned: PlannedGroups) -> dict[str, object]:
    """The choices that are not followed and the groups that are not kept, in sentences."""
    return {
        "rejected": _rejected_lines(planned.rejected, planned.names),
        "separated": [explain_separation(group, planned.names) for group in planned.separated],
    }


def _rejected_lines(rejected: Iterable[RejectedPool], names: Mapping[int, str]) -> list[_RejectedLine]:
    return [
        _RejectedLine(
            department=min(pool.choice.departments),
            names=list_names(pool.choice.departments, names),
            explanation=explain_rejection(pool.rejection, names),
        )
        for pool in rejected
    ]


def _planned(wave_id: uuid.UUID) -> Wave:
    found = wave_by_id(wave_id)
    if found is None or found.state != WaveState.PLANNED:
        raise group_choices.NotPlannedError
    return found


def _choose(wave: Wave, department: int, form: GroupChoiceForm, options: GroupOptions) -> bool:
    others = frozenset(form.cleaned_data["others"]) - {department}
    try:
        group_choices.choose_group(wave_id=wave.id, department=department, others=others)
    except group_choices.RejectedChoiceError as error:
        rejection = error.rejection
        form.add_error("others", f"{explain_rejection(rejection, options.names)} {advise(rejection)}")
        return False
    return True
