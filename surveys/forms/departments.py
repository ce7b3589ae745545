"""The list of departments to choose from."""

from collections.abc import Iterable
from html import escape
from typing import Any

from django import forms
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe


class DepartmentSelect(forms.Select):
    """Writes what Django's own does, all options at once and no space between them.

    Django's renders two templates for each option, of which a large company has thousands on a page.
    """

    # Is written in the place of the options, which are put in when the page is sent (surveys.forms.answer_page).
    mark = ""

    def render(self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None) -> SafeString:
        del renderer
        chosen = self.format_value(value)
        given = {"name": name} | self.build_attrs(self.attrs, attrs)
        written = format_html_join("", ' {}="{}"', given.items())
        options = self.mark or choose(department_options(self.choices), *chosen)
        return format_html("<select{}>{}</select>", written, mark_safe(options))  # noqa: S308 -- escaped one by one


def department_options(choices: Iterable[tuple[Any, Any]]) -> str:
    """The options of a list, none of them chosen."""
    return "".join(f'<option value="{escape(str(value))}">{escape(str(label))}</option>' for value, label in choices)


def choose(options: str, *chosen: str) -> str:
    """The same options with these values chosen. No label has the quotes of a value: they are escaped there."""
    for value in chosen:
        written = f' value="{escape(value)}"'
        options = options.replace(f"{written}>", f"{written} selected>", 1)
    return options
