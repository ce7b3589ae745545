"""SITE_URL and ALLOWED_HOSTS: what links and browsers need, or a refusal."""

import pytest

from config.parsing.fault import SettingError
from config.parsing.site import parse_hosts, parse_site


@pytest.mark.parametrize(
    ("text", "url", "host"),
    [
        ("https://faultline.example.com", "https://faultline.example.com", "faultline.example.com"),
        ("https://Faultline.Example.com./", "https://faultline.example.com", "faultline.example.com"),
        ("HTTPS://faultline.example.com:8443", "https://faultline.example.com:8443", "faultline.example.com"),
        ("http://umfrage.müller.example", "http://umfrage.xn--mller-kva.example", "umfrage.xn--mller-kva.example"),
        ("https://straße.example", "https://xn--strae-oqa.example", "xn--strae-oqa.example"),
        ("https://опрос.рф:444/", "https://xn--n1aaceg.xn--p1ai:444", "xn--n1aaceg.xn--p1ai"),
        ("http://127.0.0.1:8000", "http://127.0.0.1:8000", "127.0.0.1"),
        ("http://[::1]:8000", "http://[::1]:8000", "[::1]"),
    ],
)
def test_the_address_is_what_browsers_send_and_mail_programs_link(text, url, host):
    site = parse_site(text)
    assert (site.url, site.host) == (url, host)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "begin"),
        ("faultline.example.com", "begin"),
        ("//faultline.example.com", "begin"),
        ("localhost:8000", "begin"),
        ("ftp://faultline.example.com", "begin"),
        ("https://", "begin"),
        ("https:///faultline", "begin"),
        ("https:/faultline.example.com", "begin"),
        ("https://intranet.example.com/faultline", "path"),
        ("https://faultline.example.com?x=1", "query"),
        ("https://faultline.example.com/#top", "query"),
        ("https://user:secret@faultline.example.com", "user"),
        ("https://faultline.example.com:99999", "port"),
        ("https://faultline.example.com:web", "port"),
        ("https://[::1", "address"),
        ("https://my_host.example.com", "host name"),
        ("https://-a.example.com", "host name"),
        ("https://fault line.example.com", "host name"),
        ("https://a..example.com", "host name"),
        ("https://faultline.example.com,other.example.com", "host name"),
        ("https://ü" + "x" * 70 + ".example", "host name"),
        ("https://" + "x" * 64 + ".example", "host name"),
        ("https://" + "x." * 124 + "example", "host name"),
        ("https://10.0.0.999", "host name"),
        ("https://10.1", "host name"),
        ("https://0x7f.example.0x1", "host name"),
        ("https://faultline.example.com..", "host name"),
        ("https://[fe80::1%25eth0]", "host name"),
        ("https://[v1.x]", "host name"),
        ("https://faultline.example.com:0", "port"),
        ("https://faultline\n.example.com", "address"),
        ("https://faultline.\u202eexample.com", "address"),
        ("'https://faultline.example.com'", "begin"),
    ],
)
def test_an_address_that_no_link_works_with_is_refused(text, problem):
    with pytest.raises(SettingError, match=rf"^SITE_URL .*{problem}.*Write it as https://"):
        parse_site(text)


@pytest.mark.parametrize(
    ("names", "hosts"),
    [
        ([], ["site.example"]),
        (["site.example"], ["site.example"]),
        (["localhost", "127.0.0.1", "::1", "[::1]"], ["localhost", "127.0.0.1", "[::1]", "site.example"]),
        (["Müller.example", " .x.example "], ["xn--mller-kva.example", ".x.example", "site.example"]),
        (["*"], ["*", "site.example"]),
    ],
)
def test_the_site_always_answers_to_its_own_name(names, hosts):
    assert parse_hosts(names, "site.example") == hosts


@pytest.mark.parametrize(
    "name",
    [
        "https://a.example",
        "a.example:8000",
        "a.example/",
        "*.example",
        "a b",
        "a..example",
        "10.0.0.999",
        "fe80::1%eth0",
    ],
)
def test_a_name_that_matches_no_request_is_refused(name):
    with pytest.raises(SettingError, match=r"^ALLOWED_HOSTS "):
        parse_hosts([name], "site.example")
