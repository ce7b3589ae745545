"""The works council's passphrase: setting it, and entering it when a wave has ended."""

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from django import forms
from django.contrib.auth.password_validation import validate_password

from surveys.ballot import trustee
from surveys.forms.buttons import form_buttons
from surveys.models import StaffUser, TrusteeKey
from surveys.services.trustees import is_passphrase


class PassphraseField(forms.CharField):
    """Never shown again, nor kept by the browser: `autocomplete` says whether it is a new one."""

    def __init__(self, *, autocomplete: str, **kwargs: Any) -> None:
        widget = forms.PasswordInput(attrs={"autocomplete": autocomplete})
        super().__init__(max_length=trustee.MOST_LETTERS, widget=widget, **kwargs)


class SetPassphraseForm(forms.Form):
    """The passphrase twice. It must not be the account's own password, of which the database keeps a hash."""

    passphrase = PassphraseField(
        label="New passphrase",
        autocomplete="new-password",
        help_text=f"At least {trustee.LEAST_LETTERS} characters. Five or more words that make no sentence are good.",
        error_messages={"required": "Choose a passphrase."},
    )
    again = PassphraseField(
        label="The same again",
        autocomplete="new-password",
        error_messages={"required": "Type it a second time, so that a slip does not cost a wave its answers."},
    )

    def __init__(self, *args: Any, user: StaffUser, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._user = user
        self.helper = FormHelper()
        self.helper.layout = Layout("passphrase", "again", form_buttons("Set the passphrase", cancel="'trustee'"))

    def clean_passphrase(self) -> str:
        passphrase: str = self.cleaned_data["passphrase"]
        if len(passphrase) < trustee.LEAST_LETTERS:
            raise forms.ValidationError(f"This is too short: take at least {trustee.LEAST_LETTERS} characters.")
        validate_password(passphrase, self._user)
        if self._user.check_password(passphrase):
            raise forms.ValidationError("This is the password that you sign in with. Choose another passphrase.")
        return passphrase

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if {"passphrase", "again"} <= data.keys() and data["passphrase"] != data["again"]:
            self.add_error("again", "The two differ. Type both again.")
        return data


class EnterPassphraseForm(forms.Form):
    """Takes only the passphrase that the wave was opened with."""

    passphrase = PassphraseField(
        label="Passphrase",
        autocomplete="off",
        error_messages={"required": "Enter the passphrase."},
    )

    def __init__(self, *args: Any, trustee_key: TrusteeKey, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._trustee_key = trustee_key
        self.helper = FormHelper()
        self.helper.layout = Layout("passphrase", form_buttons("Let the counting begin", cancel="'trustee'"))

    def clean_passphrase(self) -> str:
        passphrase: str = self.cleaned_data["passphrase"]
        if not is_passphrase(self._trustee_key, passphrase):
            raise forms.ValidationError(
                "This is not the passphrase that was set when the wave opened. Nothing was changed: try again."
            )
        return passphrase
