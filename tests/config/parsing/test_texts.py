"""Texts of one line, names of clocks, and values out of files."""

import pytest

from config.parsing.environment import Environment, StrippedMapping
from config.parsing.fault import SettingError
from config.parsing.texts import parse_line, parse_log_level, parse_time_zone


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


def test_a_level_of_the_log_has_a_known_name():
    assert [parse_log_level(name) for name in ("INFO", "debug")] == ["INFO", "DEBUG"]
    for name in ("", "10", "verbose"):
        with pytest.raises(SettingError, match=r"^LOG_LEVEL is .*WARNING"):
            parse_log_level(name)


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


def test_a_text_that_is_not_utf_8_is_refused(env):
    with pytest.raises(SettingError, match=r"^LINK_KEY is not text in UTF-8"):
        env(LINK_KEY="\udcff").str("LINK_KEY")


@pytest.mark.parametrize(("text", "is_on"), [("1", True), (" True\n", True), ("off", False), ("N", False), ("", None)])
def test_a_switch_is_on_or_off(env, text, is_on):
    found = [env(DEBUG=text).switch("DEBUG", default=default) for default in (True, False)]
    assert found == ([True, False] if is_on is None else [is_on, is_on])


@pytest.mark.parametrize("text", ["ture", "2", "enabled", "null"])
def test_a_slip_switches_nothing_off(env, text):
    with pytest.raises(SettingError, match=rf"^SECURE_SSL_REDIRECT is {text}. Set it to 1 or 0"):
        env(SECURE_SSL_REDIRECT=text).switch("SECURE_SSL_REDIRECT", default=True)


@pytest.mark.parametrize("text", ["", "5.0", "--5", "-1", "24", "٣", "+3", "1_0", "9" * 5000])
def test_a_number_is_within_its_range(env, text):
    assert env(SHUFFLE_HOUR="23\n").number("SHUFFLE_HOUR", 3, least=0, most=23) == 23
    with pytest.raises(SettingError, match=r"^SHUFFLE_HOUR is .*from 0 to 23") as refused:
        env(SHUFFLE_HOUR=text).number("SHUFFLE_HOUR", 3, least=0, most=23)
    assert len(str(refused.value)) < 100
