"""Fifty clicks on one link at the same moment make one ballot."""

import pytest

from surveys.models import SealedBallot
from surveys.services.answering import CastOutcome
from tests import factories
from tests.company import cast
from tests.threads import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def test_of_fifty_answers_to_one_invitation_exactly_one_is_accepted():
    one = factories.make_invitation()
    outcomes = at_once(50, lambda _: cast(one))
    assert [outcomes.count(outcome) for outcome in (CastOutcome.ACCEPTED, CastOutcome.ALREADY_ANSWERED)] == [1, 49]
    assert SealedBallot.objects.count() == 1
