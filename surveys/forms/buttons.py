"""The buttons at the end of a form of the staff."""

from crispy_forms.layout import HTML, Div, Submit


def form_buttons(action: str, *, cancel: str, css_class: str = "") -> Div:
    """What the form does, and the way back; `cancel` is what a template's `url` tag takes: a name and its arguments.

    `css_class` is of the first button, beside those of all.
    """
    back = f'<a class="btn btn-link" href="{{% url {cancel} %}}">Cancel</a>'
    return Div(Submit("", action, css_class=css_class), HTML(back), css_class="form-actions")
