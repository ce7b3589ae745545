from crispy_forms.helper import FormHelper
from crispy_forms.layout import Submit
from django import forms
from django.contrib.auth.forms import AuthenticationForm


class SignInForm(AuthenticationForm):
    """The field is called `username` by Django; it takes the mail address, in any case of letters."""

    username = forms.EmailField(
        label="Email", widget=forms.EmailInput(attrs={"autofocus": True, "autocomplete": "username"})
    )
    error_messages = {
        "invalid_login": "This email and password do not belong together. Check both and try again.",
        "inactive": "This account is closed. Ask HR to open it again.",
    }

    @property
    def helper(self) -> FormHelper:
        helper = FormHelper()
        helper.add_input(Submit("", "Sign in", css_class="w-100"))
        return helper
