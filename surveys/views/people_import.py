"""Bringing in a file of people: it is uploaded, its effect looked at, and only then made."""

from http import HTTPStatus

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from surveys.choices import Role
from surveys.files.encodings import encoding_title
from surveys.forms.people import ConfirmForm, UploadForm
from surveys.roster.change import RosterChange
from surveys.roster.people_file import PeopleFile, PeopleFileError, ReadingChoice, UnknownEncodingError, read_people
from surveys.roster.wording import counts, sections
from surveys.services import roster, uploads
from surveys.views.access import role_required

PROBLEMS_SHOWN = 100
ENTRIES_SHOWN = 50
_UPLOAD = "people_upload"


@role_required(Role.HR)
@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: HttpRequest) -> HttpResponse:
    form = UploadForm(request.POST, request.FILES) if request.method == "POST" else UploadForm()
    if not form.is_valid():
        return _upload_page(request, form, HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK)
    request.session[_UPLOAD] = uploads.keep(form.cleaned_data["file"].read())
    return redirect("people-preview")


@role_required(Role.HR)
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def preview(request: HttpRequest) -> HttpResponse:
    name = request.session.get(_UPLOAD, "")
    data = uploads.read(name)
    if data is None:
        messages.warning(request, "The file is no longer here. Choose it again.")
        return redirect("people-import")
    try:
        file = _read(request, data)
    except UnknownEncodingError as error:
        return render(request, "surveys/people_encoding.html", {"candidates": error.candidates})
    except PeopleFileError as error:
        uploads.discard()
        return _upload_page(request, UploadForm(), HTTPStatus.UNPROCESSABLE_ENTITY, error)
    return _decide(request, name, file, roster.plan(file))


@role_required(Role.HR)
@require_POST
def cancel(request: HttpRequest) -> HttpResponse:
    uploads.discard()
    request.session.pop(_UPLOAD, None)
    messages.info(request, "Nothing was changed.")
    return redirect("people")


def _read(request: HttpRequest, data: bytes) -> PeopleFile:
    choice = ReadingChoice(encoding=request.GET.get("encoding", ""), sheet=request.GET.get("sheet", ""))
    return read_people(data, languages=settings.LANGUAGES, default_language=settings.LANGUAGE_CODE, choice=choice)


def _decide(request: HttpRequest, name: str, file: PeopleFile, change: RosterChange) -> HttpResponse:
    """Shows the change, or makes it if this very change was seen and confirmed."""
    seen = f"{name}:{file.source.encoding}:{file.source.sheet}:{change.state}"
    gone = len(change.gone) if change.loses_too_many else 0
    form = ConfirmForm(request.POST if request.method == "POST" else None, seen=seen, gone=gone)
    if form.is_stale:
        messages.warning(request, "The people, or the file, have changed since you looked. This is how it is now.")
        form = ConfirmForm(seen=seen, gone=gone)
    if form.is_valid():
        return _apply(request, change, allow_gone=form.cleaned_data.get("allow_gone", False))
    return _preview_page(request, form, file, change)


def _apply(request: HttpRequest, change: RosterChange, *, allow_gone: bool) -> HttpResponse:
    try:
        roster.apply(change, allow_gone=allow_gone)
    except roster.RosterChangedError:
        messages.warning(request, "The people have changed since you looked. This is how it is now.")
        return redirect("people-preview")
    uploads.discard()
    request.session.pop(_UPLOAD, None)
    messages.success(request, "The people are imported.")
    return redirect("people")


def _preview_page(request: HttpRequest, form: ConfirmForm, file: PeopleFile, change: RosterChange) -> HttpResponse:
    context = {
        "form": form,
        "change": change,
        "counts": counts(change),
        "sections": sections(change, shown=ENTRIES_SHOWN),
        "ignored": file.ignored_columns,
        "source": file.source,
        "encoding_title": encoding_title(file.source.encoding),
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render(request, "surveys/people_preview.html", context, status=status)


def _upload_page(
    request: HttpRequest, form: UploadForm, status: HTTPStatus, error: PeopleFileError | None = None
) -> HttpResponse:
    problems = error.problems if error else []
    context = {"form": form, "problems": problems[:PROBLEMS_SHOWN], "problem_count": len(problems)}
    return render(request, "surveys/people_import.html", context, status=status)
