"""The reporting groups of a wave: the choice for one department, and finding a group in a long list."""

from collections.abc import Iterable
from typing import Any

from crispy_forms.bootstrap import FieldWithButtons, StrictButton
from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from django import forms

from surveys.forms.buttons import form_buttons
from surveys.selectors.groups import GroupOption, GroupOptions, WaveGroup


class GroupChoiceForm(forms.Form):
    """The departments that one department shall report together with; none: it reports by itself."""

    others = forms.TypedMultipleChoiceField(
        label="Reported together with",
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "One of these departments is not asked any more. Look at the list again."},
    )

    def __init__(self, data: Any = None, *, options: GroupOptions) -> None:
        super().__init__(data, initial={"others": sorted(options.grouped_with)})
        choices = [(option.id, _label(option)) for option in options.others]
        self.fields["others"].choices = choices  # type: ignore[attr-defined]
        self.helper = FormHelper()
        # The page says it above the list, which may be long, and not below.
        self.helper.form_show_errors = False
        self.helper.layout = Layout("others", form_buttons("Report them together", cancel="'wave' wave.id"))


class GroupSearchForm(forms.Form):
    """A part of a department's name, `q` in the address."""

    q = forms.CharField(label="Find a department", required=False, max_length=120)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["q"].widget.attrs |= {"type": "search", "placeholder": "Part of its name"}
        self.helper = FormHelper()
        self.helper.form_method = "get"
        find = StrictButton("Find", type="submit", css_class="btn-outline-primary")
        self.helper.layout = Layout(FieldWithButtons("q", find))

    def matching(self, groups: Iterable[WaveGroup]) -> list[WaveGroup]:
        """The groups that have a department of such a name; all of them if the search makes no sense."""
        text = (self.cleaned_data if self.is_valid() else {}).get("q", "").casefold()
        return [group for group in groups if any(text in name.casefold() for name in group.names)]


def _label(option: GroupOption) -> str:
    return f"{option.name} ({option.people}{', counterpart' if option.counterpart else ''})"
