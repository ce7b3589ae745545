"""The comments of a counted wave. HR reads all, a leader those of the own divisions, an auditor none."""

import uuid

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from surveys.choices import HidingReason, Role
from surveys.forms.comments import CommentSearchForm, HidingForm
from surveys.models import Comment
from surveys.selectors.comments import comment_scopes, commented_waves, comments_in, hidings, readable_comment
from surveys.selectors.people import visible_departments
from surveys.services.hiding import hide_comment
from surveys.views.access import role_required, staff
from surveys.views.form_status import form_status

PAGE = 50


@role_required(Role.HR, Role.LEADER)
@require_safe
def comments(request: HttpRequest, wave: uuid.UUID) -> HttpResponse:
    waves = list(commented_waves())
    found = get_object_or_404(commented_waves(), id=wave)
    user = staff(request)
    scopes = comment_scopes(found, visible_departments(user))
    form = CommentSearchForm(request.GET, scopes=scopes)
    shown = [form.chosen] if form.chosen else scopes
    page = Paginator(comments_in(found, shown, form.text), PAGE).get_page(request.GET.get("page"))
    context = {"wave": found, "waves": waves, "scopes": scopes, "shown": shown, "form": form, "page": page}
    if user.role == Role.HR:
        context["hidings"] = hidings(found)
    return render(request, "surveys/comments.html", context)


@role_required(Role.HR)
@require_http_methods(["GET", "HEAD", "POST"])
def hide(request: HttpRequest, wave: uuid.UUID, comment: uuid.UUID) -> HttpResponse:
    found = readable_comment(comment, wave)
    if found is None:
        messages.info(request, "That comment is hidden already, or was deleted when its time was over.")
        return redirect("comments-report", wave)
    form = HidingForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        return _hide(request, found, form)
    context = {"comment": found, "form": form}
    return render(request, "surveys/comment_hiding.html", context, status=form_status(form))


def _hide(request: HttpRequest, comment: Comment, form: HidingForm) -> HttpResponse:
    reason = HidingReason(form.cleaned_data["reason"])
    given = {"reason": reason, "note": form.cleaned_data["note"], "now": timezone.now()}
    if hide_comment(comment_id=comment.id, staff=staff(request), **given):
        messages.success(request, "The comment is hidden. Your reason is kept.")
    return redirect("comments-report", comment.wave_id)
