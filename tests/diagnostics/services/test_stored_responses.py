"""The database keeps numbers of respondents and rates as coarse as they may be published."""

import pytest
from django.db import IntegrityError, transaction

from diagnostics.models import GroupScore
from tests.diagnostics.scored_waves import scored

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "changes",
    [
        {"response_low": None},
        {"response_low": 99},
        {"response_low": None, "response_high": None},  # beside a rate
        {"response_percent": 61},
        {"response_percent": 95},
        {"response_percent": None, "response_percent_at_least": True},
        {"response_percent_at_least": True},  # of less than 90 %
    ],
)
def test_the_database_refuses_a_response_that_may_not_be_published(changes):
    scored()
    rows = GroupScore.objects.filter(name="Marketing")
    assert rows.values_list("response_low", "response_high", "response_percent").get() == (10, 14, 60)
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.update(**changes)
