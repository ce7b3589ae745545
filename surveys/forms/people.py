"""Bringing in a file of people, and finding people."""

from typing import Any

from crispy_forms.bootstrap import FieldWithButtons, StrictButton
from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from django import forms
from django.core.files.uploadedfile import UploadedFile

from surveys.forms.buttons import form_buttons
from surveys.roster.people_file import MAX_BYTES


class UploadForm(forms.Form):
    """A file of people, of which nothing is stored yet."""

    file = forms.FileField(
        label="Spreadsheet or CSV file",
        help_text="Nothing is changed yet: you see what the file would do first.",
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.tsv,.txt,.xlsx,.xlsm,.xlsb,.xls,.ods"}),
        error_messages={"required": "Choose a file.", "empty": "The file is empty. Choose another one."},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_action = "people-import"
        self.helper.layout = Layout("file", form_buttons("Show what changes", cancel="'people'"))

    def clean_file(self) -> UploadedFile:
        file: UploadedFile = self.cleaned_data["file"]
        if (file.size or 0) > MAX_BYTES:
            raise forms.ValidationError(f"The file is larger than {MAX_BYTES // 2**20} MB. Keep only the people in it.")
        return file


class ConfirmForm(forms.Form):
    """`seen` names the file and the roster that the preview was made from: `is_stale` if either is another one now."""

    seen = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, seen: str, gone: int = 0) -> None:
        """`gone` is how many people would be gone, if that are so many that it must be allowed."""
        super().__init__(data, initial={"seen": seen})
        if gone:
            self.fields["allow_gone"] = forms.BooleanField(
                label=f"The file is complete: {gone} people have left the company",
                error_messages={"required": "More than a third would be gone. Tick this if the file is complete."},
            )
        self.is_stale = self.is_bound and self.data.get("seen") != seen
        self.helper = FormHelper()
        self.helper.form_tag = False


class SearchForm(forms.Form):
    """Which people to show: a text `q` in name, address or site, and a department."""

    q = forms.CharField(label="Find people", required=False, max_length=200)
    department = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["q"].widget.attrs |= {"type": "search", "placeholder": "Name, address or site"}
        self.helper = FormHelper()
        self.helper.form_method = "get"
        self.helper.form_action = "people"
        find = StrictButton("Find", type="submit", css_class="btn-outline-primary")
        self.helper.layout = Layout("department", FieldWithButtons("q", find))

    def wanted(self) -> tuple[str, int | None]:
        """The text to look for and the department, None for all; of what makes no sense, nothing."""
        data = self.cleaned_data if self.is_valid() else {}
        return data.get("q", ""), data.get("department")
