"""Bringing in a file of people: it is uploaded, its effect looked at, and only then made."""

import hashlib
from collections.abc import Sequence
from http import HTTPStatus

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from surveys.choices import Role, UploadKind
from surveys.files.encodings import encoding_title
from surveys.files.headers import HeaderCell, UnknownColumnsError
from surveys.files.limits import MOST_SHOWN
from surveys.forms.people import ConfirmForm, UploadForm
from surveys.models import ColumnName
from surveys.roster.change import RosterChange
from surveys.roster.people_file import PeopleFile, ReadingChoice, UnknownEncodingError, UnusableFileError, read_people
from surveys.roster.people_file.people import COLUMNS
from surveys.roster.question_wording import question_texts
from surveys.roster.wording import counts, sections
from surveys.selectors.roster import known_columns
from surveys.services import column_names, roster, uploads
from surveys.services.uploads import WaitingFile
from surveys.views.access import role_required, staff
from surveys.views.form_status import form_status

ENTRIES_SHOWN = 50
_ANSWER = "answer-"
_COLUMN = "column-"
_LONGEST_HEADER = ColumnName._meta.get_field("header").max_length or 0


@role_required(Role.HR)
@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: HttpRequest) -> HttpResponse:
    form = UploadForm(request.POST, request.FILES) if request.method == "POST" else UploadForm()
    if not form.is_valid():
        return _upload_page(request, form, form_status(form))
    file = form.cleaned_data["file"]
    uploads.keep(file, owner=staff(request).pk, kind=UploadKind.PEOPLE, name=file.name, now=timezone.now())
    return redirect("people-preview")


@role_required(Role.HR)
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def preview(request: HttpRequest) -> HttpResponse:
    waiting = uploads.read(owner=staff(request).pk, kind=UploadKind.PEOPLE)
    if waiting is None:
        messages.warning(request, "The file is no longer here. Choose it again.")
        return redirect("people-import")
    try:
        file, change = _plan(request, waiting.data)
    except (UnknownEncodingError, UnknownColumnsError) as error:
        return _choice_page(request, error)
    except UnusableFileError as error:
        uploads.forget(upload_id=waiting.id)
        return _upload_page(request, UploadForm(), HTTPStatus.UNPROCESSABLE_ENTITY, error)
    return _decide(request, waiting, file, change)


@role_required(Role.HR)
@require_POST
def cancel(request: HttpRequest) -> HttpResponse:
    uploads.discard(owner=staff(request).pk, kind=UploadKind.PEOPLE)
    messages.info(request, "Nothing was changed.")
    return redirect("people")


def _plan(request: HttpRequest, data: bytes) -> tuple[PeopleFile, RosterChange]:
    """The file as it was chosen to be read, and what it changes with the answers that were given."""
    choice = ReadingChoice(
        encoding=request.GET.get("encoding", ""),
        sheet=request.GET.get("sheet", ""),
        columns=known_columns() | _chosen_columns(request),
        skips_hidden=request.GET.get("hidden") == "skip",
    )
    file = read_people(data, languages=settings.LANGUAGES, default_language=settings.LANGUAGE_CODE, choice=choice)
    return file, roster.plan(file, _answers(request))


def _chosen_columns(request: HttpRequest) -> dict[str, str]:
    """What was said of headers: fields `column-KEY`."""
    given = {name.removeprefix(_COLUMN): value for name, value in request.GET.items() if name.startswith(_COLUMN)}
    known = {*COLUMNS.required, *COLUMNS.optional, ""}
    return {key: value for key, value in given.items() if value in known and 0 < len(key) <= _LONGEST_HEADER}


def _answers(request: HttpRequest) -> dict[str, bool]:
    """What was said to the questions of the preview: fields `answer-KEY`."""
    given = {name.removeprefix(_ANSWER): value for name, value in request.POST.items() if name.startswith(_ANSWER)}
    return {key: value == "same" for key, value in given.items() if value in ("same", "other")}


def _decide(request: HttpRequest, waiting: WaitingFile, file: PeopleFile, change: RosterChange) -> HttpResponse:
    """Shows the change, or makes it if this very change was seen and confirmed."""
    answered = sorted(change.answers.items())
    seen = f"{waiting.id}:{file.source}:{file.header}:{change.state}:{answered}"
    seen = hashlib.sha256(seen.encode()).hexdigest()
    gone = len(change.gone) if change.loses_too_many else 0
    form = ConfirmForm(request.POST if request.method == "POST" else None, seen=seen, gone=gone)
    if form.is_stale or (form.is_bound and change.open_questions):
        messages.warning(request, _say_what_is_new(change))
        form = ConfirmForm(seen=seen, gone=gone)
    if form.is_valid():
        return _apply(request, waiting, change, allow_gone=form.cleaned_data.get("allow_gone", False))
    return _preview_page(request, form, waiting, file, change)


def _say_what_is_new(change: RosterChange) -> str:
    if any(change.answers.get(asked.key) for asked in change.open_questions):
        return "Nothing is imported. Take what is twice out of the file, and choose the file again."
    if change.open_questions:
        return "Nothing is imported yet. Answer the questions first."
    return "The people, the file or your answers have changed since you looked. This is how it is now."


def _apply(request: HttpRequest, waiting: WaitingFile, change: RosterChange, *, allow_gone: bool) -> HttpResponse:
    try:
        roster.apply(change, allow_gone=allow_gone)
    except roster.RosterChangedError:
        messages.warning(request, "The people have changed since you looked. This is how it is now.")
        return redirect("people-preview")
    column_names.remember(_chosen_columns(request))
    uploads.forget(upload_id=waiting.id)
    messages.success(request, "The people are imported.")
    return redirect("people")


def _preview_page(
    request: HttpRequest, form: ConfirmForm, waiting: WaitingFile, file: PeopleFile, change: RosterChange
) -> HttpResponse:
    context = {
        "form": form,
        "file_name": waiting.name,
        "ignored": file.ignored_columns,
        "decoded": file.decoded,
        "source": file.source,
        "encoding_title": encoding_title(file.source.encoding),
        **_column_choice(request, file.header),
        **_change_texts(change),
    }
    return render(request, "surveys/people_preview.html", context, status=form_status(form))


def _change_texts(change: RosterChange) -> dict[str, object]:
    return {
        "change": change,
        "counts": counts(change),
        "questions": question_texts(change.questions, change.answers),
        "sections": sections(change, shown=ENTRIES_SHOWN),
    }


def _choice_page(request: HttpRequest, error: UnknownEncodingError | UnknownColumnsError) -> HttpResponse:
    """What must be said before the file can be read at all."""
    if isinstance(error, UnknownEncodingError):
        return render(request, "surveys/people_encoding.html", {"candidates": error.candidates})
    context = {"missing": [problem.column for problem in error.problems], **_column_choice(request, error.header)}
    return render(request, "surveys/people_columns.html", context)


def _column_choice(request: HttpRequest, header: Sequence[HeaderCell]) -> dict[str, object]:
    chosen = {name: request.GET.get(name, "") for name in ("encoding", "sheet", "hidden")}
    return {"header": header, "columns": [*COLUMNS.required, *COLUMNS.optional], **chosen}


def _upload_page(
    request: HttpRequest, form: UploadForm, status: HTTPStatus, error: UnusableFileError | None = None
) -> HttpResponse:
    problems = error.problems if error else []
    context = {"form": form, "problems": problems[:MOST_SHOWN], "problem_count": len(problems)}
    return render(request, "surveys/people_import.html", context, status=status)
