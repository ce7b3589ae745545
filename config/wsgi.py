import os

from django.core.exceptions import ImproperlyConfigured
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
_django = get_wsgi_application()

from config.starting import FaultySettingsError, refuse_faulty_configuration  # noqa: E402 -- the same
from config.web_server.head_replies import without_bodies_of_heads  # noqa: E402 -- needs the settings
from config.web_server.odd_requests import refuse_odd_requests  # noqa: E402 -- the same

application = without_bodies_of_heads(refuse_odd_requests(_django))
try:
    refuse_faulty_configuration()
except FaultySettingsError as refused:
    # Gunicorn starts a worker that ended by SystemExit again and again; on any other exception it ends itself.
    raise ImproperlyConfigured(str(refused)) from None
