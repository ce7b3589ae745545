"""The whole answer page as one form: it reads a ballot from what was sent and saves nothing."""

from collections.abc import Iterator, Mapping
from typing import Any

from crispy_forms.layout import Field
from django import forms
from django.utils.translation import gettext_lazy as _

from surveys.ballot import sealing
from surveys.forms.counterpart import ITEM_TEMPLATE, CounterpartForm, bare_helper
from surveys.forms.fields import PICK_ONE, AnswerField, CommentField, question_fields
from surveys.forms.ratings import SentRating, is_blank, repeated, to_ballot
from surveys.models import Invitation
from surveys.selectors.counterparts import CounterpartChoices


class AnswerForm(forms.Form):
    """Built from the wave's frozen questionnaire. No question must be answered, but one answer there must be.

    `language` is the person's; where the questionnaire was not translated into it, the questionnaire's first is used.
    """

    def __init__(self, data: Any = None, *, invitation: Invitation, choices: CounterpartChoices, language: str) -> None:
        super().__init__(data)
        questionnaire = invitation.wave.questionnaire
        self.group = invitation.group_id
        self.language = language if language in questionnaire["languages"] else questionnaire["languages"][0]
        questions = question_fields(questionnaire)
        layout = [
            Field(name, template=ITEM_TEMPLATE, **({"wrapper_class": "list"} if name == PICK_ONE else {}))
            for name in questions
        ]
        self.fields |= {name: AnswerField(question, self.language) for name, question in questions.items()}
        self.questions = list(questions)
        self.fields["comment"] = CommentField()
        self.helper = bare_helper(*layout)
        self.counterparts = self._counterparts(questionnaire["counterparts"], choices)
        # Whether other departments than those that are listed can be searched for.
        self.has_more = choices.more and bool(self.counterparts)

    def show(self, entered: Mapping[str, str]) -> None:
        """Shows again what was entered, without checking it. Only for a form without data."""
        self.initial = dict(entered)
        for slot in self.counterparts:
            slot.show(entered)

    def clean(self) -> dict[str, Any]:
        valid = [slot for slot in self.counterparts if slot.is_valid()]
        for place in repeated([slot.sent() for slot in valid]):
            valid[place].add_error("department", _("You chose this department twice. Choose another one, or None."))
        if not self.errors and all(slot.is_valid() for slot in self.counterparts) and is_blank(*self._sent()):
            self.add_error(self.questions[0], _("You have not answered anything yet. Answer at least one question."))
        return self.cleaned_data

    def is_valid(self) -> bool:
        return super().is_valid() and all(slot.is_valid() for slot in self.counterparts)

    def ballot(self) -> sealing.Ballot:
        """What was answered. Only for a valid form."""
        return to_ballot(self.group, *self._sent())

    def problems(self) -> Iterator[tuple[str, str, str]]:
        """(id of the control to go to, its label, what is wrong), for the summary at the top of the page."""
        for name, errors in self.errors.items():
            yield *_control(self[name]), " ".join(map(str, errors))
        for slot in self.counterparts:
            for name, errors in slot.errors.items():
                target, _label = _control(slot[name])
                yield target, slot.problem_label(slot[name], total=len(self.counterparts)), " ".join(map(str, errors))

    def _counterparts(self, block: Mapping[str, Any] | None, choices: CounterpartChoices) -> list[CounterpartForm]:
        slots = choices.slots if block else 0
        return [
            CounterpartForm(
                self.data if self.is_bound else None,
                number=number,
                block=block or {},
                choices=choices,
                language=self.language,
            )
            for number in range(1, slots + 1)
        ]

    def _sent(self) -> tuple[list[int | None], list[SentRating], str]:
        """Answers, ratings and comment of a form without errors."""
        answers = [self.cleaned_data[name] for name in self.questions]
        return answers, [slot.sent() for slot in self.counterparts], self.cleaned_data["comment"]


def _control(field: forms.BoundField) -> tuple[str, str]:
    """The id of the control to go to, and the field's label."""
    return field.id_for_label or f"{field.auto_id}_0", str(field.label)
