"""Files that members of staff have sent, while they look at what these would change.

In the database, so that every web process finds them. A file is stored in parts, so that no process needs it whole in
memory to store it, and the database's driver never holds a second copy of it.
"""

import uuid

from django.db import models
from django.db.models import Q

from surveys.choices import UploadKind
from surveys.models.staff import StaffUser
from surveys.rules.limits import MOST_UPLOAD_PARTS, UPLOAD_PART_BYTES


class Upload(models.Model):
    """A file that waits for the decision of the member of staff who sent it."""

    # Another one with each upload, so that nobody confirms a file that they have not seen.
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    # Who sent it; it is shown to nobody else.
    owner = models.ForeignKey(StaffUser, models.CASCADE, related_name="uploads")
    # What it is for.
    kind = models.CharField(max_length=16, choices=UploadKind)
    # What the file is called where it comes from; the preview shows it.
    name = models.CharField(max_length=255)
    # When it was sent; a day later it is deleted.
    uploaded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=("owner", "kind"), name="upload_once"),
            models.CheckConstraint(condition=Q(kind__in=UploadKind.values), name="upload_kind_known"),
            models.CheckConstraint(condition=~Q(name=""), name="upload_has_name"),
        ]

    def __str__(self) -> str:
        return self.name


class UploadPart(models.Model):
    """Some bytes of an uploaded file. How large a part may be, and how many there are, limits the file."""

    upload = models.ForeignKey(Upload, models.CASCADE, related_name="parts")
    # Its place in the file, from 0.
    number = models.PositiveSmallIntegerField()
    # Of the file as it was sent.
    data = models.BinaryField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=("upload", "number"), name="upload_part_once"),
            models.CheckConstraint(condition=Q(number__lt=MOST_UPLOAD_PARTS), name="upload_part_number"),
            models.CheckConstraint(
                condition=Q(data__length__gte=1, data__length__lte=UPLOAD_PART_BYTES), name="upload_part_size"
            ),
        ]
