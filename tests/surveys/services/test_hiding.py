"""Hiding a comment: once, with a reason, and without a way from the log to the comment."""

import datetime as dt

import pytest
from django.db import IntegrityError

from surveys.choices import HidingReason
from surveys.models import CommentHiding
from surveys.services.hiding import hide_comment
from tests.staff import make_staff
from tests.surveys.commented_waves import commented_wave, divisions

pytestmark = pytest.mark.django_db(transaction=True)

NOW = dt.datetime(2026, 3, 20, 12, tzinfo=dt.UTC)


@pytest.fixture
def comment():
    return commented_wave(*divisions("North"), [("North", "Well.")]).comments.get()


def hide(comment, staff, note="Why."):
    return hide_comment(comment_id=comment.id, staff=staff, reason=HidingReason.THREAT, note=note, now=NOW)


def test_it_is_hidden_once_and_its_words_stay(comment):
    staff = make_staff()
    assert [hide(comment, staff), hide(comment, staff)] == [True, False]
    comment.refresh_from_db()
    assert (comment.hidden, comment.text, CommentHiding.objects.count()) == (True, "Well.", 1)


def test_the_log_has_no_key_of_the_comment(comment):
    hide(comment, make_staff())
    columns = {field.name for field in CommentHiding._meta.get_fields()}
    assert columns == {"id", "wave", "division", "reason", "note", "staff", "hidden_at"}


def test_the_log_outlives_the_account(comment):
    staff = make_staff()
    hide(comment, staff)
    staff.delete()
    assert CommentHiding.objects.get().staff is None


@pytest.mark.parametrize("changed", [{"reason": "dislike"}, {"note": ""}])
def test_the_database_wants_a_reason_that_it_knows(comment, changed):
    given = {"wave": comment.wave, "reason": "threat", "note": "Why.", "hidden_at": NOW}
    with pytest.raises(IntegrityError):
        CommentHiding.objects.create(**given | changed)
