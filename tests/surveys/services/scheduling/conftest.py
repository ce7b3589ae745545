import pytest

from tests.company import make_people
from tests.ticking import ticking


@pytest.fixture(autouse=True)
def people(transactional_db):
    return make_people({"Sales": (None, 7)})


@pytest.fixture
def tick(tmp_path):
    """Carries out what is due at a moment, with the real services."""
    return ticking(tmp_path)
