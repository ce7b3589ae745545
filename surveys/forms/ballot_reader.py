"""Reads a ballot from what was sent, by the wave's frozen questionnaire and without a form.

Building the form costs many times what reading does, so that is done only to show what is wrong. Values, comment and
rules are the form's own; a test compares both.
"""

import re
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from django.core.exceptions import ValidationError
from django.http import QueryDict

from surveys.ballot import sealing
from surveys.forms.fields import CommentField, offered_values, question_fields, rating_fields
from surveys.forms.ratings import SentRating, is_blank, repeated, to_ballot
from surveys.models import Invitation
from surveys.rules.limits import RATINGS_PER_PERSON
from surveys.selectors.answering import (
    NO_CHOICE,
    OfferedDepartments,
    OpenInvitation,
    offered_departments,
    questionnaire_of,
)

# As many as are open on one day, and some: what is not here is compiled again.
_WAVES = 16
_SLOTS = range(1, RATINGS_PER_PERSON + 1)
_ID = re.compile(r"[1-9][0-9]{0,17}")
_Values = Mapping[str, Mapping[str, int]]


class _UnreadableError(Exception):
    """Something was sent that the page does not offer."""


@dataclass(frozen=True)
class BallotReader:
    """One wave's questions, as what may be sent for them."""

    # By field, what may be sent and the number that it stands for.
    questions: _Values
    # The same for the fields about one counterpart, without their prefix; empty where nothing is asked.
    about: _Values
    comment: CommentField = field(default_factory=CommentField)

    def read(self, sent: QueryDict, invitation: Invitation | OpenInvitation) -> sealing.Ballot | None:
        """None where the form has something to say about it."""
        try:
            answers = [_answer(sent, name, values) for name, values in self.questions.items()]
            comment = self.comment.clean(sent.get("comment"))
            ratings = self._ratings(sent, self._offered(sent, invitation))
        except (_UnreadableError, ValidationError):
            return None
        if any(rating.lacking() for rating in ratings) or repeated(ratings) or is_blank(answers, ratings, comment):
            return None
        return to_ballot(invitation.group_id, answers, ratings, comment)

    def _offered(self, sent: QueryDict, invitation: Invitation | OpenInvitation) -> OfferedDepartments:
        """Whom the person could choose, looked up only if anything was entered about anybody."""
        filled = [number for number in _SLOTS if self.about and self._is_filled(sent, f"about_{number}-")]
        if not filled:
            return NO_CHOICE
        return offered_departments(invitation, named=named_departments(sent), slots=max(filled))

    def _is_filled(self, sent: QueryDict, prefix: str) -> bool:
        return any(sent.get(prefix + name) for name in ("department", *self.about))

    def _ratings(self, sent: QueryDict, offered: OfferedDepartments) -> list[SentRating]:
        return [self._rating(sent, f"about_{number}-", offered) for number in range(1, offered.slots + 1)]

    def _rating(self, sent: QueryDict, prefix: str, offered: OfferedDepartments) -> SentRating:
        department = _answer(sent, f"{prefix}department", {str(id_): id_ for id_ in offered.named})
        contact, *items = (_answer(sent, prefix + name, values) for name, values in self.about.items())
        return SentRating(department, contact, items)


def named_departments(sent: QueryDict) -> set[int]:
    """The ids that were sent as those of departments, whether or not they can be chosen."""
    entered = [sent.get(f"about_{number}-department", "") for number in _SLOTS]
    return {int(value) for value in entered if _ID.fullmatch(value)}


@lru_cache(_WAVES)
def reader_of(wave_id: uuid.UUID) -> BallotReader:
    """The reader of a wave that has opened. Kept by the wave alone, and the same for everybody who answers it."""
    return compile_reader(questionnaire_of(wave_id))


def compile_reader(questionnaire: Mapping[str, Any]) -> BallotReader:
    block = questionnaire["counterparts"]
    return BallotReader(
        questions={name: offered_values(question) for name, question in question_fields(questionnaire).items()},
        about={name: offered_values(question) for name, question in rating_fields(block).items()} if block else {},
    )


def _answer(sent: QueryDict, name: str, values: Mapping[str, int]) -> int | None:
    value = sent.get(name, "")
    if value == "":
        return None
    if value not in values:
        raise _UnreadableError
    return values[value]
