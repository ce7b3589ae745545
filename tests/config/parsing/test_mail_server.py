"""EMAIL_URL: where mails go, or a refusal that does not repeat the password."""

import pytest

from config.parsing.fault import SettingError
from config.parsing.mail_server import parse_mail_server

NAMES = ("EMAIL_HOST", "EMAIL_PORT", "EMAIL_HOST_USER", "EMAIL_HOST_PASSWORD")


@pytest.mark.parametrize(
    ("text", "values", "switches"),
    [
        ("smtp://127.0.0.1:1025", ("127.0.0.1", 1025, "", ""), {}),
        ("smtp://mail.acme.example", ("mail.acme.example", 25, "", ""), {}),
        ("smtp+tls://u:p@mail.acme.example/", ("mail.acme.example", 587, "u", "p"), {"EMAIL_USE_TLS": True}),
        ("smtp+ssl://u:p@mail.acme.example", ("mail.acme.example", 465, "u", "p"), {"EMAIL_USE_SSL": True}),
        ("smtp://hr%40acme:a+b%23c%2F@h:26", ("h", 26, "hr@acme", "a+b#c/"), {}),
        ("smtp://mail.müller.example", ("mail.xn--mller-kva.example", 25, "", ""), {}),
        ("smtp://[::1]:25", ("::1", 25, "", ""), {}),
    ],
)
def test_the_address_becomes_settings(text, values, switches):
    found = parse_mail_server(text)
    assert tuple(found.pop(name) for name in NAMES) == values
    del found["EMAIL_BACKEND"]
    assert found == switches


def test_a_rehearsal_keeps_its_mails_as_files():
    assert parse_mail_server("filemail:///kept/a%20b") == {
        "EMAIL_BACKEND": "django.core.mail.backends.filebased.EmailBackend",
        "EMAIL_FILE_PATH": "/kept/a b",
    }


@pytest.mark.parametrize(
    "text",
    [
        "",
        "mail.acme.example",
        "mail.acme.example:25",
        "smtps://u:hunter2@mail.acme.example",
        "http://mail.acme.example",
        "smtp://",
        "smtp://:25",
        "smtp://mail.acme.example:smtp",
        "smtp://mail.acme.example:0",
        "smtp://mail.acme.example:70000",
        "smtp+tls://u:hunter2#x@mail.acme.example:587",
        "smtp+tls://u:hunter2?@mail.acme.example:587",
        "smtp+tls://u:hunter2/x@mail.acme.example:587",
        "smtp+tls://hunter2@mail.acme.example:587",
        "smtp+tls://:hunter2@mail.acme.example:587",
        "smtp://mail acme.example",
        "smtp://mail.acme.example\n:25",
        "smtp+tls://u:hunter2\t@mail.acme.example",
        "smtp://[fe80::1%eth0]",
        "smtp://10.0.0.999",
        f"smtp://{'x' * 64}.example",
        "smtp://[::1",
        "filemail://",
    ],
)
def test_what_leads_to_no_server_is_refused_without_its_password(text):
    with pytest.raises(SettingError, match=r"^EMAIL_URL .*Write it as smtp\+tls://") as refused:
        parse_mail_server(text)
    assert "hunter2" not in str(refused.value)
    assert refused.value.__cause__ is None
