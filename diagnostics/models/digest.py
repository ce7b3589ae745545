import uuid

from django.db import models

from diagnostics.models.score import Snapshot
from surveys.models import StaffUser

# The language that digests are written in, and the name by which the text points to the picture in its mail.
LANGUAGE, PICTURE_ID = "en", "trend"


class Digest(models.Model):
    """What one recipient learns of one wave, frozen. Its mail is of kind `digest` with this id as key."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    # The published figures that it reports.
    snapshot = models.ForeignKey(Snapshot, models.CASCADE, related_name="digests")
    # Whose rights it was written for.
    recipient = models.ForeignKey(StaffUser, models.CASCADE, related_name="digests")
    # Of the mail.
    subject = models.CharField(max_length=200)
    # The two forms of the mail's body, each complete.
    text = models.TextField()
    html = models.TextField()
    # The trend of the index as a PNG.
    picture = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=("snapshot", "recipient"), name="digest_once")]
