"""Pages for everybody."""

from collections.abc import Sequence

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from surveys.privacy.record import about_people
from surveys.rules.limits import MIN_COMMENT_SCOPE, MIN_GROUP_SIZE, MIN_TARGET_SIZE
from surveys.selectors.public import RunningWave, all_have_trustees, running_waves


def _seal(waves: Sequence[RunningWave]) -> dict[str, bool]:
    """Which of the three promises about the key holds for all of the waves."""
    return {"key_apart": settings.KEY_APART, "trustee": all_have_trustees(waves)}


@login_not_required
@require_safe
def anonymity(request: HttpRequest) -> HttpResponse:
    waves = running_waves()
    context = {
        "organisation": settings.ORGANISATION,
        **_seal(waves),
        "waves": waves,
        "min_group_size": min((wave.min_group_size for wave in waves), default=MIN_GROUP_SIZE),
        "pool_below": settings.POOL_BELOW,
        "min_target_size": MIN_TARGET_SIZE,
        "min_comment_scope": MIN_COMMENT_SCOPE,
        "invitation_days": settings.RETAIN_INVITATIONS_DAYS,
        "response_days": settings.RETAIN_RESPONSES_DAYS,
    }
    return render(request, "surveys/anonymity.html", context)


@login_not_required
@require_safe
def stored(request: HttpRequest) -> HttpResponse:
    return render(request, "surveys/stored.html", {"organisation": settings.ORGANISATION, "records": about_people()})
