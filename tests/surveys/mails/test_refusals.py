"""Refusals beside mails that were taken: which are final, and which are the server's."""

import uuid

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.mails.refusals import ATTEMPTS_ALONE, REFUSALS_IN_A_ROW, Refusal, RefusalSeries
from surveys.mails.replies import Cause

OWN, OTHER = "acme.example", "other.example"


def refusal(cause, domain=OWN, *, permanent=True, attempts=1):
    return Refusal(uuid.uuid4(), domain, cause, permanent, attempts)


@pytest.mark.parametrize(
    ("cause", "permanent", "domain", "final"),
    [
        (Cause.RECIPIENT, True, OWN, True),
        (Cause.RECIPIENT, True, OTHER, True),
        (Cause.RECIPIENT, False, OWN, False),
        (Cause.MAILBOX, True, OWN, True),
        (Cause.MAILBOX, True, OTHER, False),
        (Cause.UNSURE, True, OWN, True),
        (Cause.UNSURE, True, OTHER, False),
        (Cause.UNSURE, False, OWN, False),
        (Cause.SERVER, True, OWN, False),
    ],
)
def test_what_was_refused_before_a_mail_that_was_taken(cause, permanent, domain, final):
    series, refused = RefusalSeries(), refusal(cause, domain, permanent=permanent)
    series.refuse(refused)
    assert series.take(OWN) == [refused.mail_id] * final
    assert series.mail_ids() == []


@pytest.mark.parametrize(("cause", "final"), [(Cause.RECIPIENT, True), (Cause.MAILBOX, False), (Cause.SERVER, False)])
def test_what_was_refused_last_in_a_batch(cause, final):
    series, refused = RefusalSeries(), refusal(cause)
    assert series.take(OWN) == []
    series.refuse(refused)
    assert series.finish() == ([refused.mail_id] * final, False)


@pytest.mark.parametrize(
    ("causes", "are_of_server"),
    [
        ([], False),
        ([Cause.SERVER], False),
        ([Cause.SERVER, Cause.SERVER], True),
        ([Cause.UNSURE, Cause.RECIPIENT], True),
        ([Cause.RECIPIENT, Cause.RECIPIENT], False),
    ],
)
def test_a_batch_of_which_nothing_was_taken(causes, are_of_server):
    series = RefusalSeries()
    for cause in causes:
        series.refuse(refusal(cause))
    assert series.finish() == ([], are_of_server)


@pytest.mark.parametrize(
    ("cause", "permanent", "attempts", "in_trouble", "final"),
    [
        (Cause.MAILBOX, True, ATTEMPTS_ALONE, False, True),
        (Cause.MAILBOX, True, ATTEMPTS_ALONE - 1, False, False),
        (Cause.MAILBOX, True, ATTEMPTS_ALONE, True, False),
        (Cause.MAILBOX, False, ATTEMPTS_ALONE, False, False),
        (Cause.UNSURE, True, ATTEMPTS_ALONE, False, False),
        (Cause.SERVER, True, ATTEMPTS_ALONE, False, False),
    ],
)
def test_a_mailbox_that_is_refused_each_time_is_final(cause, permanent, attempts, in_trouble, final):
    for taken in (True, False):
        series, refused = RefusalSeries(), refusal(cause, permanent=permanent, attempts=attempts)
        if taken:
            series.take(OTHER)
        series.refuse(refused)
        assert series.finish(in_trouble=in_trouble) == ([refused.mail_id] * final, False)


def test_of_addresses_that_name_their_reason_all_are_final_in_the_end():
    """Though no other mail is left that could show that the server takes any."""
    series = RefusalSeries()
    for attempts in (ATTEMPTS_ALONE, ATTEMPTS_ALONE - 1):
        series.refuse(refusal(Cause.RECIPIENT, attempts=attempts))
    assert series.finish() == (series.mail_ids()[:1], False)


def test_many_in_a_row_are_the_servers():
    series = RefusalSeries()
    series.take(OWN)
    for number in range(REFUSALS_IN_A_ROW):
        assert series.is_of_server is False
        series.refuse(refusal(Cause.RECIPIENT))
        assert len(series.mail_ids()) == number + 1
    assert series.is_of_server


@given(st.lists(st.sampled_from(list(Cause)), max_size=20), st.booleans())
def test_without_a_mail_taken_nothing_is_final(causes, permanent):
    series = RefusalSeries()
    for cause in causes:
        series.refuse(refusal(cause, permanent=permanent))
    assert series.finish()[0] == []
