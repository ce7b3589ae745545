"""Nothing that a client sends is an error of the server, on any page, whoever has signed in."""

import encodings
import pkgutil
import uuid
from encodings import aliases
from urllib.parse import quote, quote_from_bytes, unquote_to_bytes, urlencode

import pytest
from django.db import transaction
from django.urls import get_resolver, reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from config.web_server.odd_requests import refusal
from surveys.choices import WaveState
from surveys.models import Comment
from tests import factories
from tests.diagnostics.remedied import make_remedy, waves
from tests.diagnostics.report_pages import key_of
from tests.ops.odd_requests import BOUNDARY, URLENCODED, form_of, multipart, send, session_of
from tests.staff import make_staff
from tests.tiers import LONG

pytestmark = pytest.mark.django_db

CHARSETS = (
    *("rot13", "rot_13", "base64", "hex", "uu", "zlib", "bz2", "quopri"),
    *("idna", "punycode", "undefined", "unicode_escape", "raw_unicode_escape"),
    *("utf-7", "utf-16", "utf-32", "utf-8-sig", "utf8", "ascii", "latin-1", "cp1251", "koi8-r", "no-such", ""),
)
CONTENT_TYPES = (
    f"multipart/form-data; charset*=rot13''x; boundary={BOUNDARY}",
    f"{URLENCODED}; charset*=no-such''utf-8",
    f"{URLENCODED}; charset*0=utf;charset*1=-8",
    "multipart/form-data",
    "multipart/form-data; boundary=",
    "multipart/form-data; boundary=\xff",
    "multipart/form-data; boundary*=rot13''a",
    f"multipart/form-data; boundary={'x' * 500}",
    "text/plain",
    "application/json",
    "text/plain\0",
    ";",
    ", ,",
    'text/plain; a="',
)
PARTS = (
    b'Content-Disposition: form-data; name="file"; filename="a\0.csv"',
    b"Content-Disposition: form-data; name=\"file\"; filename*=rot13''a",
    b"Content-Disposition: form-data; name=\"file\"; filename*=no-such''a",
    b"Content-Disposition: form-data; name*=idna''%ff; filename=a",
    b'Content-Disposition: form-data; name="comment"\r\nContent-Transfer-Encoding: base64',
    b'Content-Disposition: form-data; name="file"; filename="x"\r\nContent-Type: text/csv; charset=rot13',
    b'Content-Disposition: form-data; name="file"; filename="x"\r\nContent-Length: ' + b"9" * 5000,
    b"Content-Disposition: \xff\xfe",
    b"",
)
COOKIES = (
    'sessionid="aaaaaaaaaaaa\\000aaaa"',
    'sessionid="\\355\\240\\200aaaaaaaaaaaa"',
    "sessionid=aaaaaaaaaaaa\xff",
    'csrftoken="\\000"',
    'messages="\\000"',
    'django_language="\\000"',
    "=;;=",
)
LENGTHS = ("-1", "+5", " 5", "1_0", "0x10", "\xb2", "abc", "55000001", "9" * 30, "9" * 5000)
VALUES = ("\0", "\udcff", "9" * 19, "9" * 400, "9" * 5000, "-1", "1e400", "nan", "٣", "9999-12-31", "0000-00-00")
SEGMENTS = ("%00", "%ff", "%ed%a0%80", "9" * 20, "9" * 5000, "-1", "0" * 32, "x" * 3000, "%0d%0a")
QUERY = ("page", "q", "department", "next", "first", "second", "code")
RULES = ("BYEASTER=9999999999999999999", "COUNT=99999999999999999999999", "UNTIL=99999999999999", "BYDAY=99999999MO")
LATIN = st.text(st.characters(max_codepoint=255), max_size=30)


@pytest.fixture
def site(settings, tmp_path):
    """Pages of every kind, each path with the cookie of somebody who may open it."""
    settings.VAR_DIR = tmp_path
    scored = waves(1)[0]
    hr, auditor = session_of(make_staff("hr")), session_of(make_staff("auditor"))
    survey = factories.make_survey("Other")
    planned = factories.make_wave(WaveState.PLANNED, survey=survey, number=5)
    token = factories.token_of(factories.make_invitation(factories.make_wave(survey=survey, number=4)))
    department = factories.make_department().id
    of_hr = {
        **{name: [] for name in ("waves", "surveys", "survey-new", "people", "people-import", "people-preview")},
        **{name: [] for name in ("report", "remedies", "audits", "password-change")},
        "wave": [planned.id],
        "wave-mails-again": [planned.id],
        "mail-server-try": [],
        "comments-report": [scored.id],
        "comment-hiding-report": [scored.id, Comment.objects.create(wave=scored, text="Good").id],
        "wave-group-choice": [planned.id, department],
        "wave-drop-choice": [planned.id, department],
        "survey": [survey.pk],
        "audit": [1],
        "wave-report": [scored.id],
        "method-report": [scored.id],
        "pair-report": [scored.id],
        "department-report": [scored.id, key_of(scored, "Marketing")],
        "proposals-report": [scored.id, key_of(scored, "Marketing"), key_of(scored, "Sales")],
        "remedy-new": [scored.id],
        "remedy-change": [make_remedy(scored).pk],
    }
    paths = {reverse(name, args=args): hr for name, args in of_hr.items()}
    paths |= {reverse(name, args=[survey.pk]): auditor for name in ("trustee-passphrase", "trustee-remove")}
    return {f"/a/{token}": "", reverse("login"): "", reverse("anonymity"): ""} | paths


@pytest.fixture
def answer_page():
    return f"/a/{factories.token_of(factories.make_invitation())}"


def share_of(requests):
    """All in the long form. In the short one, of the odd values of each page a share that differs from page to page."""
    return requests if LONG else requests[::4]


def failures(requests):
    """The requests, each a path and what else `send` takes, that were an error of the server."""
    return [(path, more) for path, more in requests if send(path, **more)[0] >= 500]


@pytest.mark.parametrize("charset", CHARSETS)
def test_only_utf_8_is_read(answer_page, charset):
    fields = {"comment": "Привет", "item_meetings_1": "0"}
    kind = f"{URLENCODED}; charset={charset}"
    for path in (answer_page, "/login/"):
        sent = [
            {"method": "POST", "body": urlencode(fields).encode(), "CONTENT_TYPE": kind},
            {"method": "POST", **multipart(fields.items(), f"; charset={charset}")},
            {"query": "next=%D0%9F", "CONTENT_TYPE": kind},
        ]
        assert [send(path, **request)[0] for request in sent] == [415 if charset else 400] * 3


def test_utf_8_is_read_however_it_is_written(answer_page):
    fields = {"comment": "Привет"}
    for charset in ("", "; charset=utf-8", ';charset="UTF-8"'):
        assert send(answer_page, method="POST", **multipart(fields.items(), charset))[0] in (200, 409)
    assert factories.only_ballot().comment == "Привет"


def test_of_all_codecs_that_python_has_one_is_read():
    names = {module.name for module in pkgutil.iter_modules(encodings.__path__)} | set(aliases.aliases) | {"utf-8"}
    assert [name for name in names if refusal({"CONTENT_TYPE": f"text/plain; charset={name}"}) is None] == ["utf-8"]


def test_odd_content_types_are_no_error(site):
    bodies = [{"method": "POST", **multipart([("comment", "x")]), "CONTENT_TYPE": kind} for kind in CONTENT_TYPES]
    assert failures((path, {"cookie": site[path], **body}) for path in list(site)[:2] for body in bodies) == []


def test_forms_in_odd_parts_are_no_error(site):
    def body(head):
        content = b"--frontier\r\n" + head + b"\r\n\r\n=\0\xff\r\n--frontier--\r\n"
        return {"method": "POST", "body": content, "CONTENT_TYPE": multipart([])["CONTENT_TYPE"]}

    pages = [path for path in site if path.startswith(("/a/", "/login", "/people/import", "/surveys/new"))]
    assert failures((path, {"cookie": site[path], **body(head)}) for path in pages for head in PARTS) == []


def test_an_odd_cookie_is_as_none(site):
    paths = [path for path in site if path == "/" or path.startswith(("/a/", "/people/"))]
    # Of two cookies of a name the last one counts.
    sent = [(path, {"HTTP_COOKIE": f"{site[path]}; {odd}"}) for path in paths for odd in COOKIES]
    assert failures(sent) == []
    read = [send("/people/", HTTP_COOKIE=f"{site['/people/']}; {odd}")[0] for odd in COOKIES]
    assert read == [200] * len(COOKIES)


@pytest.mark.parametrize("length", LENGTHS)
def test_a_body_of_an_odd_length_is_not_read(answer_page, length):
    status = 413 if length.isdecimal() and length.isascii() else 400
    assert send(answer_page, method="POST", body=b"comment=x", CONTENT_LENGTH=length)[0] == status


def test_odd_parts_of_an_address_are_no_error(site):
    """Each part of each address in turn."""
    requests = [
        (unquote_to_bytes("/".join([*parts[:place], segment, *parts[place + 1 :]])), {"cookie": cookie})
        for path, cookie in site.items()
        if len(parts := path.split("/")) > 3
        for place in range(2, len(parts))
        for segment in SEGMENTS
    ]
    assert (len(requests) > 300, failures(share_of(requests))) == (True, [])


def test_nul_is_in_no_address_that_is_found(site):
    wave_report = next(path for path in site if path.startswith("/report/"))
    cookie = site[wave_report]
    assert send(f"{wave_report}\0/", cookie=cookie)[0] == 404
    assert send(wave_report, cookie=cookie, query="page=%00")[0] == 400


def test_odd_values_are_no_error_in_query_or_form(site):
    requests = []
    for path, cookie in site.items():
        status, page = send(path, cookie=cookie)
        names = {name for name, _, _ in form_of(page)} if status == 200 else {"x"}
        for value in VALUES:
            encoded = quote_from_bytes(value.encode("utf-8", "surrogatepass"))
            query = "&".join(f"{name}={encoded}" for name in QUERY)
            body = "&".join(f"{quote(name)}={encoded}" for name in names).encode()
            requests += [
                [(path, {"cookie": cookie, **sent}) for sent in ({"query": query}, {"method": "POST", "body": body})]
            ]
    assert failures(request for both in share_of(requests) for request in both) == []


def test_a_rule_with_numbers_of_no_calendar_is_refused(site):
    cookie = site["/surveys/new/"]
    fields = {name: value for name, value, sent in form_of(send("/surveys/new/", cookie=cookie)[1]) if sent}
    fields |= {"name": "New", "cadence": "own", "first_opens_on": "2027-01-05"}
    bodies = [urlencode(fields | {"rule": f"FREQ=DAILY;{rule}"}).encode() for rule in RULES]
    assert failures(("/surveys/new/", {"cookie": cookie, "method": "POST", "body": body}) for body in bodies) == []


def test_no_page_is_left_out(site):
    """Of those that take something from a client beside the session."""
    patterns = {route.name for part in get_resolver().url_patterns for route in part.url_patterns}
    tried = {get_resolver().resolve(path).url_name for path in site}
    assert patterns - tried == {
        *("stored", "logout", "survey-built-in", "trustee", "trustee-wave", "people-cancel", "healthz", "readyz"),
        "remedy",
    }


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    path=st.binary(max_size=30),
    odd=st.fixed_dictionaries(dict.fromkeys(("query", "CONTENT_TYPE", "HTTP_COOKIE"), LATIN)),
    body=st.binary(max_size=60),
)
def test_whatever_bytes_come_the_server_makes_no_error(answer_page, path, odd, body):
    paths = [b"/" + path, b"/a/" + path, answer_page.encode(), f"/report/{uuid.UUID(int=0)}/".encode() + path]
    assert failures((each, odd | more) for each in paths for more in ({}, {"method": "POST", "body": body})) == []


@pytest.mark.urls("tests.ops.stumbling")
@pytest.mark.parametrize(("name", "status"), [("too-large", 400), ("no-text", 400), ("nul", 400), ("own-mistake", 500)])
def test_a_value_that_a_page_stumbles_over_is_the_clients_mistake(name, status):
    with transaction.atomic():
        assert send(f"/stumble/{name}")[0] == status
        transaction.set_rollback(True)
