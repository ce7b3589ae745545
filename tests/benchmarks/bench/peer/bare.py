"""The product with a view that only does what must be done: finds a token, marks it, and stores 4.6 kB.

Middleware, connections and server are the product's.
"""

import os

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.wsgi import get_wsgi_application
from django.db import transaction
from django.http import HttpResponse
from django.urls import path
from django.views.decorators.csrf import csrf_exempt

application = get_wsgi_application()


@csrf_exempt
@login_not_required
def bare(_request, token):
    from surveys.ballot import sealing, tokens  # noqa: PLC0415 -- the application is set up by then
    from surveys.models import Invitation, SealedBallot  # noqa: PLC0415

    with transaction.atomic():
        invitation, wave = Invitation.objects.values_list("id", "wave_id").get(token_hash=tokens.fingerprint(token))
        Invitation.objects.filter(id=invitation).update(answered=True)
        SealedBallot.objects.create(wave_id=wave, box=os.urandom(sealing.BOX_BYTES))
    return HttpResponse("Thank you.")


def _with_bare_view():
    from config.urls import urlpatterns  # noqa: PLC0415

    settings.ROOT_URLCONF = (path("a/<str:token>/bare", bare), *urlpatterns)


_with_bare_view()
