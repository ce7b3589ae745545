import os

from django.core.exceptions import ImproperlyConfigured
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
application = get_wsgi_application()

from config.starting import FaultySettingsError, refuse_faulty_configuration  # noqa: E402 -- needs the settings

try:
    refuse_faulty_configuration()
except FaultySettingsError as refused:
    # Gunicorn starts a worker that ended by SystemExit again and again; on any other exception it ends itself.
    raise ImproperlyConfigured(str(refused)) from None
