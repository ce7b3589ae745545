"""Fields of the answer page: which there are, what may be sent for them, a question with its options, the comment."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from surveys.ballot import sealing
from surveys.rules.limits import MISSING

MISSING_PREFIX = "m"
PICK_ONE, CONTACT = "pick_one", "contact"
Question = Mapping[str, Any]


def question_fields(questionnaire: Question) -> dict[str, Question]:
    """The questions of a ballot's answers by the name of their field, in the order of the answers."""
    items = {f"item_{item['code']}": item for item in questionnaire["items"]}
    return items | ({PICK_ONE: questionnaire[PICK_ONE]} if questionnaire[PICK_ONE] else {})


def rating_fields(block: Question) -> dict[str, Question]:
    """The questions about one counterpart by the name of their field: the contact, then the items."""
    contact = block[CONTACT]
    skip = dict.fromkeys(contact["text"], _("I'd rather not say"))
    items = {f"item_{item['code']}": item for item in block["items"]}
    return {CONTACT: {**contact, "missing": [skip]}} | items


def offered_values(question: Question) -> dict[str, int]:
    """What may be sent for a question: the option's number, or MISSING for "can't judge" and the like."""
    options = {str(number): number for number, _option in enumerate(question["options"])}
    return options | {f"{MISSING_PREFIX}{number}": MISSING for number, _label in enumerate(question["missing"])}


class AnswerField(forms.TypedChoiceField):
    """One question. Cleans to the option's number, to MISSING for "can't judge" and the like, to None if left blank."""

    def __init__(self, question: Question, language: str) -> None:
        labels = [*(option["label"] for option in question["options"]), *question["missing"]]
        values = offered_values(question)
        super().__init__(
            label=question["text"][language],
            choices=[(value, label[language]) for value, label in zip(values, labels, strict=True)],
            coerce=values.__getitem__,
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
