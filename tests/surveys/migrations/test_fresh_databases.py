"""Tests of migrations share what was prepared for them, and nothing else."""

import pytest
from django.db import connections

BEGIN = ("contenttypes", "0001_initial")


@pytest.mark.parametrize("engine", ["sqlite", "postgresql"])
def test_a_row_is_in_no_later_copy_nor_in_what_is_copied(old_databases, django_db_blocker, engine):
    before = connections["default"]
    counts = []
    with django_db_blocker.unblock():
        for _ in range(2):
            with old_databases.copy(engine) as migrate:
                types = migrate(*BEGIN).get_model("contenttypes.ContentType").objects
                counts.append(types.count())
                types.create(app_label="a", model="b", name="c")
                counts.append(types.count())
                assert connections["default"].vendor == engine
    assert counts == [0, 1, 0, 1]
    assert connections["default"] is before
