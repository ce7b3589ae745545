from importlib import import_module

from django.apps import AppConfig


class DiagnosticsConfig(AppConfig):
    name = "diagnostics"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        # They read models, which exist only from here on.
        import_module("diagnostics.receivers")
        import_module("diagnostics.mails.digest")
        import_module("diagnostics.registrations")
