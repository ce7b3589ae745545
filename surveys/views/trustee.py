"""The works council's pages: setting the passphrase that keeps answers sealed, entering it when a wave has ended."""

import uuid

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from surveys.choices import Role
from surveys.forms.trustee import EnterPassphraseForm, SetPassphraseForm
from surveys.models import Survey, TrusteeKey, Wave
from surveys.selectors.key_authenticity import ForgedKeyError
from surveys.selectors.trustee import trustee_surveys, trustee_wave, trustee_waves, waits
from surveys.services.trustees import enter_passphrase, remove_passphrase, set_passphrase
from surveys.views.access import role_required, staff
from surveys.views.form_status import form_status


@role_required(Role.AUDITOR)
@require_safe
def trustee(request: HttpRequest) -> HttpResponse:
    context = {"surveys": trustee_surveys(), "waves": trustee_waves()}
    return render(request, "surveys/trustee.html", context)


@sensitive_post_parameters()
@role_required(Role.AUDITOR)
@require_http_methods(["GET", "HEAD", "POST"])
def passphrase(request: HttpRequest, pk: int) -> HttpResponse:
    """Sets the survey's passphrase, or changes it."""
    survey = get_object_or_404(Survey, pk=pk)
    form = SetPassphraseForm(request.POST if request.method == "POST" else None, user=staff(request))
    if not form.is_valid():
        context = {"form": form, "survey": survey, "protected": TrusteeKey.objects.filter(survey=survey).exists()}
        return render(request, "surveys/trustee_passphrase.html", context, status=form_status(form))
    set_passphrase(survey=survey, passphrase=form.cleaned_data["passphrase"])
    messages.success(request, f"The passphrase of “{survey}” is set. It applies from the next wave.")
    return redirect("trustee")


@role_required(Role.AUDITOR)
@require_POST
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    survey = get_object_or_404(Survey, pk=pk)
    remove_passphrase(survey=survey)
    messages.success(request, f"From the next wave on “{survey}” is counted without a passphrase.")
    return redirect("trustee")


@sensitive_post_parameters()
@role_required(Role.AUDITOR)
@require_http_methods(["GET", "HEAD", "POST"])
def wave(request: HttpRequest, wave: uuid.UUID) -> HttpResponse:
    """Enters the passphrase for a wave that has ended. Where there is nothing to enter the list says why."""
    found = trustee_wave(wave)
    if found is None or found.trustee_key is None:
        raise Http404
    if not waits(found):
        return redirect("trustee")
    form = EnterPassphraseForm(request.POST if request.method == "POST" else None, trustee_key=found.trustee_key)
    if not form.is_valid():
        return render(request, "surveys/trustee_wave.html", {"form": form, "wave": found}, status=form_status(form))
    return _hand_over(request, found, form.cleaned_data["passphrase"])


def _hand_over(request: HttpRequest, found: Wave, passphrase: str) -> HttpResponse:
    try:
        handed_over = enter_passphrase(wave=found, passphrase=passphrase)
    except ForgedKeyError as error:
        messages.error(request, f"The passphrase was not handed over, and is nowhere. {error} Tell the operator.")
        return redirect("trustee")
    if handed_over:
        messages.success(request, f"Thank you. {found} is counted within minutes, and its key is destroyed.")
    else:
        messages.info(request, f"{found} no longer waits for this passphrase: this is how it is now.")
    return redirect("trustee")
