"""Texts of one line, names of clocks, and values out of files."""

import pytest

from config.parsing.environment import Environment, StrippedMapping
from config.parsing.fault import SettingError
from config.parsing.texts import parse_line, parse_time_zone


@pytest.mark.parametrize(
    ("text", "line"), [("Bolt & <Nut>", "Bolt & <Nut>"), ("a\u00a0 b", "a b"), ("a\r\nBcc: b", "a Bcc: b")]
)
def test_a_text_becomes_one_line(text, line):
    assert parse_line("ORGANISATION", text) == line


@pytest.mark.parametrize("text", ["", " ", "a\x00b", "a\u200bb", "\x1b[1mA"])
def test_a_text_that_cannot_be_printed_is_refused(text):
    with pytest.raises(SettingError, match=r"^ORGANISATION is empty, or has"):
        parse_line("ORGANISATION", text)


@pytest.mark.parametrize("name", ["UTC", "Europe/Berlin", "America/Argentina/Buenos_Aires"])
def test_a_known_clock_is_taken(name):
    assert parse_time_zone(name) == name


@pytest.mark.parametrize(
    "name", ["", "Europe", "Berlin", "CEST+2", "../etc/passwd", "/etc/localtime", "US/Pacific-New", "x" * 300]
)
def test_an_unknown_clock_is_refused(name):
    with pytest.raises(SettingError, match=r"^COMPANY_TIME_ZONE is .*Europe/Berlin"):
        parse_time_zone(name)


@pytest.fixture
def env():
    def env(**variables):
        reader = Environment()
        reader.ENVIRON = StrippedMapping(variables)
        return reader

    return env


def test_values_lose_the_space_around_them_from_files_too(env, tmp_path):
    (tmp_path / "from").write_bytes(b"\xef\xbb\xbfAcme HR <hr@acme.example>\r\n")
    found = env(MAIL_FROM_FILE=str(tmp_path / "from"), ORGANISATION=" Acme\n")
    assert found.str("MAIL_FROM") == "Acme HR <hr@acme.example>"
    assert found.str("ORGANISATION") == "Acme"


def test_a_number_or_list_from_a_file_that_ends_in_a_newline(env, tmp_path):
    (tmp_path / "hour").write_text("4\n")
    (tmp_path / "hosts").write_text("a.example,b.example\n")
    found = env(SHUFFLE_HOUR_FILE=str(tmp_path / "hour"), ALLOWED_HOSTS_FILE=str(tmp_path / "hosts"))
    assert (found.int("SHUFFLE_HOUR"), found.list("ALLOWED_HOSTS")) == (4, ["a.example", "b.example"])


@pytest.mark.parametrize("content", [None, b"\xff\xfe\x00"])
def test_a_file_that_cannot_be_read_is_named_by_its_setting(env, tmp_path, content):
    if content:
        (tmp_path / "key").write_bytes(content)
    with pytest.raises(SettingError, match=r"^LINK_KEY is to be read from a file.*Point LINK_KEY_FILE"):
        env(LINK_KEY_FILE=str(tmp_path / "key")).str("LINK_KEY")
