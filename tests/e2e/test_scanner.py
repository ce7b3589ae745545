"""A mail gateway with a browser opens the link, runs what there is to run, and clicks on everything."""

import pytest

from surveys.models import Invitation, SealedBallot
from tests.factories import make_department, make_employee, make_invitation, token_of

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_scanner_that_clicks_everywhere_leaves_no_vote(live_server, page):
    make_employee("one.Sales", make_department("Sales"))
    page.goto(f"{live_server.url}/a/{token_of(make_invitation())}")
    clickable = page.locator("summary, button")
    assert clickable.count() > 0
    for place in range(clickable.count()):
        clickable.nth(place).click()
    assert page.get_by_role("alert").count() == 1
    assert page.title().startswith("Please check")
    assert (SealedBallot.objects.count(), Invitation.objects.filter(answered=True).count()) == (0, 0)
