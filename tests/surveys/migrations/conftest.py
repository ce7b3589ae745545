import pytest
from django.db import connection

from tests.scratch import scratch_on_postgres, scratch_on_sqlite


@pytest.fixture(params=[scratch_on_sqlite, scratch_on_postgres], ids=["sqlite", "postgresql"])
def scratch(request, transactional_db):
    if request.param is scratch_on_postgres and connection.vendor != "postgresql":
        pytest.skip("the suite runs on another database")
    with request.param() as database:
        yield database
