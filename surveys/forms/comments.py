"""Finding comments, and hiding one."""

from collections.abc import Iterable
from typing import Any

from crispy_forms.bootstrap import FieldWithButtons, StrictButton
from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from django import forms

from surveys.choices import HidingReason
from surveys.forms.buttons import form_buttons
from surveys.models import CommentHiding
from surveys.selectors.comments import CommentScope


class CommentSearchForm(forms.Form):
    """What of a wave's comments is to be shown; everything where an address asks for what there is not."""

    q = forms.CharField(label="Search in comments", required=False, max_length=200)
    scope = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any, *, scopes: Iterable[CommentScope]) -> None:
        super().__init__(data)
        self._scopes = tuple(scopes)
        self.helper = FormHelper()
        self.helper.form_method = "get"
        self.helper.disable_csrf = True
        search = StrictButton("Search", type="submit", css_class="btn-outline-primary")
        self.helper.layout = Layout(FieldWithButtons("q", search), "scope")

    @property
    def chosen(self) -> CommentScope | None:
        """The scope that is asked for; None for all that may be read."""
        value = self.data.get("scope")
        return next((scope for scope in self._scopes if scope.value == value), None)

    @property
    def text(self) -> str:
        return str(self.cleaned_data.get("q", "")).strip() if self.is_valid() else ""


class HidingForm(forms.Form):
    """Which law a comment breaks, and why: both are kept with the name of whoever hides it."""

    reason = forms.ChoiceField(
        label="Which law does it break?",
        choices=[("", "Choose a reason"), *HidingReason.choices],
        error_messages={"required": "Choose the law that the comment breaks."},
    )
    note = forms.CharField(
        label="Why",
        help_text="Kept with your name. Do not repeat what the comment says.",
        max_length=CommentHiding._meta.get_field("note").max_length,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Say why, so that somebody else can understand it later."},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        buttons = form_buttons("Hide comment", cancel="'comments-report' comment.wave_id", css_class="btn-danger")
        self.helper.layout = Layout("reason", "note", buttons)
