"""Signing in and out. Django's own views; respondents never come here."""

from django.contrib import messages
from django.contrib.auth import views
from django.contrib.auth.forms import PasswordChangeForm
from django.http import HttpResponse
from django.shortcuts import resolve_url
from django.urls import reverse_lazy

from surveys.choices import Role
from surveys.forms.signin import SignInForm
from surveys.views.access import staff


class SignIn(views.LoginView):
    """The page on which staff sign in."""

    authentication_form = SignInForm
    redirect_authenticated_user = True

    def get_default_redirect_url(self) -> str:
        """An auditor reads the audits; there is no figure for one to read."""
        return resolve_url("audits") if staff(self.request).role == Role.AUDITOR else super().get_default_redirect_url()


class ChangePassword(views.PasswordChangeView):
    """The page on which a member of staff changes the own password."""

    success_url = reverse_lazy("password-change")

    def form_valid(self, form: PasswordChangeForm) -> HttpResponse:
        messages.success(self.request, "Your password is changed.")
        return super().form_valid(form)
