"""Files that members of staff have sent wait here between preview and decision; purging.py deletes them after a day."""

import datetime as dt
import io
import uuid
from dataclasses import dataclass
from functools import partial
from typing import IO

from django.db import transaction

from surveys.choices import UploadKind
from surveys.models import StaffUser, Upload, UploadPart
from surveys.rules.limits import UPLOAD_PART_BYTES


@dataclass(frozen=True)
class WaitingFile:
    """An upload with its content."""

    # Of the upload.
    id: uuid.UUID
    # What the file is called.
    name: str
    # All of it.
    data: bytes


@transaction.atomic
def keep(file: IO[bytes], *, owner: int, kind: UploadKind, name: str, now: dt.datetime) -> None:
    """Stores a file that the member of staff `owner` has sent, in place of the one of this kind before.

    Raises IntegrityError for a file that is too large. It is never whole in memory.
    """
    # Locked first: of two that a person sends at the same moment the later one stays.
    StaffUser.objects.select_for_update(no_key=True).get(pk=owner)
    discard(owner=owner, kind=kind)
    upload = Upload.objects.create(owner_id=owner, kind=kind, name=name, uploaded_at=now)
    for number, data in enumerate(iter(partial(file.read, UPLOAD_PART_BYTES), b"")):
        UploadPart.objects.create(upload=upload, number=number, data=data)


# Outside a transaction PostgreSQL would write all parts into a file of its own before it hands out the first.
@transaction.atomic
def read(*, owner: int, kind: UploadKind) -> WaitingFile | None:
    """The owner's file of this kind; None if there is none, or none any more."""
    parts = UploadPart.objects.filter(upload__owner=owner, upload__kind=kind).order_by("number")
    upload, content = None, io.BytesIO()
    for upload_id, name, data in parts.values_list("upload_id", "upload__name", "data").iterator(chunk_size=1):
        upload = upload_id, name
        content.write(data)
    # Shares the bytes that were written instead of copying them.
    return WaitingFile(*upload, content.getvalue()) if upload else None


def discard(*, owner: int, kind: UploadKind) -> None:
    """Deletes the owner's file of this kind; those of others stay."""
    Upload.objects.filter(owner=owner, kind=kind).delete()


def forget(*, upload_id: uuid.UUID) -> None:
    """Deletes a file that has been decided on. One that its owner has sent since stays."""
    Upload.objects.filter(id=upload_id).delete()
