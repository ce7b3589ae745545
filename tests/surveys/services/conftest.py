import pytest

from tests.company import open_with_answers
from tests.staff import make_staff
from tests.trustees import make_trustee_survey


@pytest.fixture
def wave(survey, tmp_path):
    """An open wave of the survey, with answers; its keys are in `tmp_path`."""
    return open_with_answers(survey, tmp_path)


@pytest.fixture
def survey_with_trustee():
    """Its answers are sealed to a trustee too, for whom an auditor is asked."""
    make_staff("auditor")
    return make_trustee_survey()
