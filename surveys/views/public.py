"""Pages for everybody."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from surveys.selectors.public import running_waves


@login_not_required
@require_safe
def anonymity(request: HttpRequest) -> HttpResponse:
    waves = running_waves()
    context = {
        "organisation": settings.ORGANISATION,
        "key_apart": settings.KEY_APART,
        "waves": waves,
        "floor": min((wave.floor for wave in waves), default=settings.FLOOR),
        "pool_below": settings.POOL_BELOW,
    }
    return render(request, "surveys/anonymity.html", context)
