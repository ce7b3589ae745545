"""Whom a refusal is about, by the phase of the dialogue and the server's codes."""

import pytest

from surveys.mails.replies import Cause, Phase, find_cause, is_about_recipient, is_permanent

TABLE = [
    (Phase.CONNECTION, "554", Cause.SERVER),
    (Phase.CONNECTION, "550 5.1.1", Cause.SERVER),
    (Phase.SENDER, "553 5.1.8", Cause.SERVER),
    (Phase.SENDER, "550 5.1.1", Cause.SERVER),
    (Phase.CONNECTION, "550", Cause.SERVER),
    (Phase.SENDER, "550", Cause.SERVER),
    (Phase.CONTENT, "550", Cause.SERVER),
    (Phase.RECIPIENT, "550", Cause.MAILBOX),
    (Phase.RECIPIENT, "551", Cause.MAILBOX),
    (Phase.RECIPIENT, "553", Cause.MAILBOX),
    (Phase.RECIPIENT, "554", Cause.UNSURE),
    (Phase.RECIPIENT, "451", Cause.UNSURE),
    (Phase.RECIPIENT, "550 5.1.1", Cause.RECIPIENT),
    (Phase.RECIPIENT, "550 5.1.2", Cause.RECIPIENT),
    (Phase.RECIPIENT, "553 5.1.3", Cause.RECIPIENT),
    (Phase.RECIPIENT, "550 5.1.6", Cause.RECIPIENT),
    (Phase.RECIPIENT, "556 5.1.10", Cause.RECIPIENT),
    (Phase.RECIPIENT, "550 5.2.1", Cause.RECIPIENT),
    (Phase.RECIPIENT, "452 4.2.2", Cause.RECIPIENT),
    (Phase.RECIPIENT, "553 5.1.7", Cause.SERVER),
    (Phase.RECIPIENT, "553 5.1.8", Cause.SERVER),
    (Phase.RECIPIENT, "554 5.3.2", Cause.SERVER),
    (Phase.RECIPIENT, "550 5.4.5", Cause.SERVER),
    (Phase.RECIPIENT, "554 5.7.1", Cause.SERVER),
    (Phase.RECIPIENT, "450 4.7.1", Cause.SERVER),
    (Phase.RECIPIENT, "421", Cause.SERVER),
    (Phase.RECIPIENT, "421 4.2.1", Cause.SERVER),
    (Phase.CONTENT, "554", Cause.SERVER),
    (Phase.CONTENT, "552 5.3.4", Cause.SERVER),
    (Phase.CONTENT, "550 5.1.1", Cause.RECIPIENT),
    (Phase.CONTENT, "552 5.2.2", Cause.RECIPIENT),
]


@pytest.mark.parametrize(("phase", "reply", "cause"), TABLE)
def test_the_cause_follows_from_phase_and_codes(phase, reply, cause):
    assert find_cause(phase, reply) == cause


@pytest.mark.parametrize(
    ("words", "cause"),
    [
        ("no", Cause.MAILBOX),
        ("prelayed", Cause.MAILBOX),
        ("mailbox unavailable", Cause.MAILBOX),
        ("relay not permitted", Cause.SERVER),
        ("user not local; Relaying denied", Cause.SERVER),
        ("SMTP authentication required", Cause.SERVER),
        ("Unauthorized", Cause.SERVER),
        ("command rejected for policy reasons", Cause.SERVER),
        ("administrative prohibition", Cause.SERVER),
        ("sender address unknown", Cause.SERVER),
        ("blocked, see our list", Cause.SERVER),
        ("you are not allowed to send here", Cause.SERVER),
        ("no such user here", Cause.RECIPIENT),
        ("unknown local user", Cause.RECIPIENT),
        ("<ann.lee@acme.example>: user unknown", Cause.RECIPIENT),
        ("the mailbox ann@acme.example doesn't exist", Cause.RECIPIENT),
        ("account disabled", Cause.RECIPIENT),
        # Of the server that sends, although they speak of an address.
        ("IP address 192.0.2.1 not found in reverse DNS", Cause.SERVER),
        ("HELO rejected: address not found", Cause.SERVER),
        # The recipient's own address says nothing, whatever words it is made of.
        ("<ann@blockchain.example>: user unknown", Cause.RECIPIENT),
        ("<relay-desk@policy.example> refused", Cause.MAILBOX),
    ],
)
def test_a_bare_refusal_is_about_whom_its_words_name(words, cause):
    assert find_cause(Phase.RECIPIENT, "550", words) == cause


@pytest.mark.parametrize("phase", [Phase.RECIPIENT, Phase.CONTENT])
@pytest.mark.parametrize("reply", ["450", "450 4.2.0", "451 4.7.1"])
def test_greylisting_is_no_refusal_of_the_server(phase, reply):
    assert find_cause(phase, reply, "Greylisted, come again in 300 s") == Cause.GREYLISTED
    assert find_cause(phase, "554 5.7.1", "graylisting gave up") == Cause.SERVER


@pytest.mark.parametrize(
    ("reply", "about"), [("550 5.1.1", True), ("552 5.2.2", True), ("550", False), ("554 5.7.1", False), ("", False)]
)
def test_a_stored_reply_is_certain_by_its_enhanced_code_only(reply, about):
    assert is_about_recipient(reply) is about


@pytest.mark.parametrize(("code", "permanent"), [(421, False), (499, False), (500, True), (556, True)])
def test_codes_from_500_are_permanent(code, permanent):
    assert is_permanent(code) is permanent
