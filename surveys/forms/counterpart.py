"""What one respondent says about one other department."""

from collections.abc import Mapping
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div, Field, Layout
from django import forms
from django.utils.translation import gettext_lazy as _

from surveys.ballot import sealing
from surveys.choices import Contact
from surveys.forms.fields import AnswerField, byte
from surveys.rules.limits import MISSING
from surveys.selectors.answering import CounterpartChoices

ITEM_TEMPLATE = "surveys/answer_item.html"
_WORKED = Contact.WORKED.number


class CounterpartForm(forms.Form):
    """One department: which one, whether there was contact, and the items, which count only after joint work."""

    def __init__(
        self, data: Any, *, number: int, block: Mapping[str, Any], choices: CounterpartChoices, language: str
    ) -> None:
        super().__init__(data, prefix=f"about_{number}")
        self.number = number
        self.fields["department"] = _department_field(choices, number)
        skip = {language: _("I'd rather not say")}
        self.fields["contact"] = AnswerField({**block["contact"], "missing": [skip]}, language)
        items = {f"item_{item['code']}": AnswerField(item, language) for item in block["items"]}
        self.fields |= items
        self.items = list(items)
        self.helper = bare_helper(
            "department",
            Field("contact", template=ITEM_TEMPLATE, wrapper_class="list"),
            Div(*(Field(name, template=ITEM_TEMPLATE) for name in self.items), css_class="after-contact"),
        )

    def clean(self) -> dict[str, Any]:
        """What was ticked of contact alone, without a department, says nothing: it is left out."""
        cleaned = self.cleaned_data
        rated = any(cleaned.get(name) not in (None, MISSING) for name in self.items)
        if rated and "department" in cleaned and cleaned["department"] is None:
            self.add_error("department", _("Choose the department that you mean."))
        if rated and "contact" in cleaned and cleaned["contact"] is None:
            self.add_error("contact", _("Say first whether your department worked together with this one."))
        return cleaned

    def problem_label(self, field: forms.BoundField, *, total: int) -> str:
        """Which question of which department of `total`: the same questions are asked of each."""
        place = _("Department %(number)s of %(total)s") % {"number": self.number, "total": total}
        chosen = self.cleaned_data.get("department")
        name = dict(self.fields["department"].choices).get(chosen) if chosen else None  # type: ignore[attr-defined]
        return f"{place} ({name}): {field.label}" if name else f"{place}: {field.label}"

    def is_blank(self) -> bool:
        return all(self.cleaned_data.get(name) is None for name in ("contact", *self.items))

    def rating(self) -> sealing.Rating | None:
        """Of a valid form; None if there is nothing to count."""
        department, contact = self.cleaned_data["department"], self.cleaned_data["contact"]
        if department is None or contact in (None, MISSING):
            return None
        answers = [byte(self.cleaned_data[name]) if contact == _WORKED else MISSING for name in self.items]
        return sealing.Rating(counterpart=department, answers=bytes([contact, *answers]))


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
        choices=[("", _("None")), *choices.departments],
        coerce=int,
        empty_value=None,
        required=False,
        initial=dict(enumerate(choices.suggested, start=1)).get(number, ""),
        error_messages={"invalid_choice": _("Choose one of the departments in the list.")},
    )
