from importlib import import_module

from django.apps import AppConfig


class SurveysConfig(AppConfig):
    name = "surveys"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        import_module("surveys.checks")
        import_module("surveys.receivers")
