"""Nothing that scoring stores says that a homogeneity rule fired."""

from django.apps import apps

from diagnostics.core.disclosure.reasons import SuppressionRule
from diagnostics.models import Score
from diagnostics.services.scoring import score
from tests.diagnostics.waves import CORE, close_wave, department, make_survey, spread

WORDS = ("alike", "homogen", "complementary", "reveal")


def everything():
    """Every value of every column that interpreting a wave fills."""
    return [
        str(value)
        for model in apps.get_app_config("diagnostics").get_models()
        for row in model.objects.values_list()
        for value in row
    ]


def test_a_suppressed_uniform_group_reads_like_any_other(db):
    uniform = [bytes([4] * len(row)) for row in spread(12, 2, seed=1)]
    groups = {department("Uniform"): (20, uniform)}
    groups |= {department(name): (20, spread(12, 2, seed=number)) for number, name in enumerate(("Sales", "IT"), 2)}
    wave = close_wave(make_survey(), groups)
    score(wave_id=wave.id)
    suppressed = Score.objects.filter(group__name="Uniform", measure__in=CORE, status="suppressed")
    assert suppressed.count() == len(CORE), "there is something that could be given away"
    assert set(suppressed.values_list("reason", flat=True)) == {"protected"}
    stored = everything()
    assert [value for value in stored if any(word in value for word in WORDS)] == []
    assert SuppressionRule.TOO_FEW_FOR_SHARE not in stored
