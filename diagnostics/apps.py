from importlib import import_module

from django.apps import AppConfig

from surveys.questions.instrument_file import reserve
from surveys.selectors import published, wave_notes


class DiagnosticsConfig(AppConfig):
    name = "diagnostics"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        # They read models, which exist only from here on.
        import_module("diagnostics.receivers")
        import_module("diagnostics.mails.digest")
        import_module("diagnostics.privacy.record")
        report = import_module("diagnostics.report.selectors")
        wave_notes.register("diagnostics/_wave_fault.html", report.faulty_waves)
        published.register("diagnostics", report.company_responses)
        score = import_module("diagnostics.models.score")
        reserve(score.INDEX, score.CRITICAL_MASS, score.PICK_COMMUNICATION)
