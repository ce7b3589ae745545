"""Fields of the answer page: a question with its options, and the comment."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from surveys.ballot import sealing
from surveys.rules.limits import MISSING

MISSING_PREFIX = "m"
Question = Mapping[str, Any]


class AnswerField(forms.TypedChoiceField):
    """One question. Cleans to the option's number, to MISSING for "can't judge" and the like, to None if left blank."""

    def __init__(self, question: Question, language: str) -> None:
        options = [(str(number), option["label"][language]) for number, option in enumerate(question["options"])]
        missing = [(f"{MISSING_PREFIX}{number}", label[language]) for number, label in enumerate(question["missing"])]
        super().__init__(
            label=question["text"][language],
            choices=options + missing,
            coerce=_answer,
            empty_value=None,
            required=False,
            widget=forms.RadioSelect,
            error_messages={"invalid_choice": _("Choose one of the answers below.")},
        )


class CommentField(forms.CharField):
    """Browsers count a line break as one character but send two: both count it as one here."""

    def __init__(self) -> None:
        super().__init__(
            label=_("Is there anything else you want to say?"),
            help_text=_(
                "Please name nobody, neither yourself nor others. Names and contacts of colleagues are replaced where "
                "we recognise them. HR and leaders can read the rest: style and details can give you away. At most "
                "1,000 characters."
            ),
            max_length=sealing.COMMENT_CHARACTERS,
            required=False,
            widget=forms.Textarea(attrs={"rows": 4}),
        )

    def to_python(self, value: Any) -> str | None:
        return super().to_python(value.replace("\r\n", "\n") if isinstance(value, str) else value)


def byte(answer: int | None) -> int:
    """What a ballot holds for a cleaned answer."""
    return MISSING if answer is None else answer


def _answer(value: str) -> int:
    return MISSING if value.startswith(MISSING_PREFIX) else int(value)
