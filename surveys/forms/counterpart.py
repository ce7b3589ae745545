"""What one respondent says about one other department."""

from collections.abc import Mapping
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div, Field, Layout
from django import forms
from django.utils.translation import gettext_lazy as _

from surveys.forms.departments import DepartmentSelect
from surveys.forms.fields import CONTACT, AnswerField, rating_fields
from surveys.forms.ratings import SentRating
from surveys.selectors.counterparts import CounterpartChoices

NO_DEPARTMENT = ("", _("None"))
ITEM_TEMPLATE = "surveys/answer_item.html"
_LACKING = {
    "department": _("Choose the department that you mean."),
    CONTACT: _("Say first whether your department worked together with this one."),
}


class CounterpartForm(forms.Form):
    """One department: which one, whether there was contact, and the items, which count only after joint work."""

    def __init__(
        self, data: Any, *, number: int, block: Mapping[str, Any], choices: CounterpartChoices, language: str
    ) -> None:
        super().__init__(data, prefix=f"about_{number}")
        self.number = number
        self.fields["department"] = _department_field(choices, number)
        questions = {name: AnswerField(question, language) for name, question in rating_fields(block).items()}
        self.fields |= questions
        self.items = [name for name in questions if name != CONTACT]
        self.helper = bare_helper(
            "department",
            Field(CONTACT, template=ITEM_TEMPLATE, wrapper_class="list"),
            Div(*(Field(name, template=ITEM_TEMPLATE) for name in self.items), css_class="after-contact"),
        )

    def show(self, entered: Mapping[str, str]) -> None:
        """Shows what was entered, of all that was sent, without checking it."""
        start = f"{self.prefix}-"
        self.initial = {name.removeprefix(start): value for name, value in entered.items() if name.startswith(start)}

    def clean(self) -> dict[str, Any]:
        for name in self.sent().lacking():
            if name in self.cleaned_data:
                self.add_error(name, _LACKING[name])
        return self.cleaned_data

    def sent(self) -> SentRating:
        """What was entered; a field with an error counts as left blank."""
        entered = self.cleaned_data
        return SentRating(entered.get("department"), entered.get(CONTACT), [entered.get(name) for name in self.items])

    def problem_label(self, field: forms.BoundField, *, total: int) -> str:
        """Which question of which department of `total`: the same questions are asked of each."""
        place = _("Department %(number)s of %(total)s") % {"number": self.number, "total": total}
        chosen = self.cleaned_data.get("department")
        name = dict(self.fields["department"].choices).get(chosen) if chosen else None  # type: ignore[attr-defined]
        return f"{place} ({name}): {field.label}" if name else f"{place}: {field.label}"


def bare_helper(*layout: Any) -> FormHelper:
    """For a form that shares one <form> element, in a page that knows no cookie, with others."""
    helper = FormHelper()
    helper.form_tag = False
    helper.disable_csrf = True
    helper.layout = Layout(*layout)
    return helper


def _department_field(choices: CounterpartChoices, number: int) -> forms.Field:
    return forms.TypedChoiceField(
        label=_("Which department?"),
        widget=DepartmentSelect,
        choices=[NO_DEPARTMENT, *choices.departments],
        coerce=int,
        empty_value=None,
        required=False,
        initial=dict(enumerate(choices.suggested, start=1)).get(number, ""),
        error_messages={"invalid_choice": _("Choose one of the departments in the list.")},
    )
