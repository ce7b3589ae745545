"""MAIL_FROM: a header that every mail can carry, or a refusal."""

from email.utils import parseaddr

import pytest
from django.core.mail import EmailMessage
from django.core.mail.message import sanitize_address
from hypothesis import given
from hypothesis import strategies as st

from config.parsing.fault import SettingError
from config.parsing.sender import parse_sender

ADDRESS = "hr@acme.example"


@pytest.mark.parametrize(
    ("text", "sender"),
    [
        ("Acme HR <hr@acme.example>", "Acme HR <hr@acme.example>"),
        ("hr@acme.example", "hr@acme.example"),
        ("<hr@acme.example>", "hr@acme.example"),
        ("faultline@localhost", "faultline@localhost"),
        ("Acme, Inc. <hr@acme.example>", '"Acme, Inc." <hr@acme.example>'),
        ('"Acme, Inc." <hr@acme.example>', '"Acme, Inc." <hr@acme.example>'),
        (r'"Acme \"HR\"" <hr@acme.example>', r'"Acme \"HR\"" <hr@acme.example>'),
        ("HR @ Acme: people; all [x] (y) <hr@acme.example>", '"HR @ Acme: people; all [x] (y)" <hr@acme.example>'),
        ("Acme <HR@Müller.example>", "Acme <HR@xn--mller-kva.example>"),
        ("A\u00a0B <hr@acme.example>", "A B <hr@acme.example>"),
    ],
)
def test_a_name_is_quoted_where_a_header_needs_it(text, sender):
    assert parse_sender(text) == sender


@pytest.mark.parametrize("name", ["Müller & Söhne: HR", "Опрос, отдел кадров", "x" * 200, "Я" * 120])
def test_a_mail_carries_the_name_as_it_was_written(name):
    message = EmailMessage("s", "b", parse_sender(f"{name} <{ADDRESS}>"), ["a@b.example"]).message()
    assert sanitize_address(parse_sender(f"{name} <{ADDRESS}>"), "utf-8").endswith(f"<{ADDRESS}>")
    assert parseaddr(message["From"].replace("\n", ""))[1] == ADDRESS


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Acme HR",
        "Acme HR <>",
        "Acme HR <hr>",
        "Acme HR <hr@>",
        "Acme HR <@acme.example>",
        "Acme HR hr@acme.example",
        "Acme HR <hr@acme.example",
        "Acme HR <hr@acme.example>\nBcc: x@acme.example",
        "Acme HR <hr@acme example>",
        "Acme HR <h r@acme.example>",
        "Acme HR <hr@acme.example>, Other <other@acme.example>",
        "hr@acme.example, other@acme.example",
        "'Acme HR <hr@acme.example>'",
        "Acme HR <юзер@acme.example>",
        "Acme\x00 <hr@acme.example>",
        "Acme HR <hr@@acme.example>",
        "Acme HR <mailto:hr@acme.example>",
    ],
)
def test_what_no_mail_could_carry_is_refused(text):
    with pytest.raises(SettingError, match=r"^MAIL_FROM .*Write it as Faultline"):
        parse_sender(text)


@given(st.text(max_size=60))
def test_any_name_gives_one_sender_or_a_refusal(name):
    try:
        sender = parse_sender(f"{name} <{ADDRESS}>")
    except SettingError:
        return
    message = EmailMessage("s", "b", sender, ["a@b.example"]).message()
    assert message.get_all("From") == [message["From"]]
    assert sanitize_address(sender, "utf-8").endswith(ADDRESS + ">" * (">" in sender))
