"""HR hides a comment that breaks the law. Nobody changes one, and nobody brings a hidden one back."""

import datetime as dt
import uuid

from django.db import transaction

from surveys.choices import HidingReason
from surveys.models import Comment, CommentHiding, StaffUser


@transaction.atomic
def hide_comment(*, comment_id: uuid.UUID, staff: StaffUser, reason: HidingReason, note: str, now: dt.datetime) -> bool:
    """Takes the comment off all pages and keeps who did it and why; False if it is hidden already, or gone.

    The log does not point to the comment: a comment has no time, and would get one by it.
    """
    comment = Comment.objects.filter(id=comment_id).only("wave_id", "division_id").first()
    if comment is None or not Comment.objects.filter(id=comment_id, hidden=False).update(hidden=True):
        return False
    CommentHiding.objects.create(
        wave_id=comment.wave_id, division_id=comment.division_id, reason=reason, note=note, staff=staff, hidden_at=now
    )
    return True
