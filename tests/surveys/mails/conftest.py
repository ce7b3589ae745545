import pytest

from tests.company import make_people, make_survey, open_next
from tests.surveys.mails.outbox_rows import PEOPLE


@pytest.fixture
def wave(tmp_path):
    """An open wave whose invitations, to PEOPLE people of Sales, wait in the outbox."""
    make_people({"Sales": (None, PEOPLE)})
    return open_next(make_survey(), tmp_path)
