import pytest

from tests.company import open_with_answers


@pytest.fixture
def wave(survey, tmp_path):
    """An open wave of the survey, with answers; its keys are in `tmp_path`."""
    return open_with_answers(survey, tmp_path)
