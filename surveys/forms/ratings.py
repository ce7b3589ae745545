"""What makes a ballot of checked answers: the rules that the form and the reader of what was sent both go by. Pure."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from surveys.ballot import sealing
from surveys.choices import Contact
from surveys.rules.limits import MISSING

_WORKED = Contact.WORKED.number
Answers = Sequence[int | None]


@dataclass(frozen=True)
class SentRating:
    """What was entered about one counterpart, each value one of those offered."""

    # The department's id; None where none was chosen.
    department: int | None
    # The contact's number, MISSING for "rather not say", None if left blank.
    contact: int | None
    # The same for each counterpart item.
    items: Answers

    def lacking(self) -> list[str]:
        """The fields without which its answers would count for nothing.

        What was ticked of contact alone, without a department, says nothing: it is left out.
        """
        if all(answer in (None, MISSING) for answer in self.items):
            return []
        return [name for name in ("department", "contact") if getattr(self, name) is None]

    def is_blank(self) -> bool:
        return self.contact is None and all(answer is None for answer in self.items)

    def rating(self) -> sealing.Rating | None:
        """None if there is nothing to count."""
        if self.department is None or self.contact is None or self.contact == MISSING:
            return None
        answers = [byte(answer) if self.contact == _WORKED else MISSING for answer in self.items]
        return sealing.Rating(counterpart=self.department, answers=bytes([self.contact, *answers]))


def repeated(sent: Sequence[SentRating]) -> list[int]:
    """The positions of those that rate a department which one before them rates."""
    ratings = (entered.rating() for entered in sent)
    rated = [rating and rating.counterpart for rating in ratings]
    return [place for place, counterpart in enumerate(rated) if counterpart and counterpart in rated[:place]]


def is_blank(answers: Answers, sent: Sequence[SentRating], comment: str) -> bool:
    """Whether no question was answered at all."""
    return not comment and all(answer is None for answer in answers) and all(rating.is_blank() for rating in sent)


def to_ballot(group: uuid.UUID, answers: Answers, sent: Sequence[SentRating], comment: str) -> sealing.Ballot:
    ratings = (entered.rating() for entered in sent)
    return sealing.Ballot(
        group=group,
        answers=bytes(map(byte, answers)),
        ratings=tuple(rating for rating in ratings if rating is not None),
        comment=comment,
    )


def byte(answer: int | None) -> int:
    """What a ballot holds for a cleaned answer."""
    return MISSING if answer is None else answer
