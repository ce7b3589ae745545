"""DATABASE_URL and REDIS_URL: servers, or a refusal that does not repeat the password."""

import pytest

from config.parsing.fault import SettingError
from config.parsing.servers import broker_options, parse_broker, parse_database


@pytest.mark.parametrize(
    ("text", "engine", "name"),
    [
        ("postgres://u:p@h:5432/faultline", "postgresql", "faultline"),
        ("postgresql://u:a%40b#c@h/faultline", "postgresql", "faultline"),
        ("postgres:///faultline", "postgresql", "faultline"),
        ("sqlite:////kept/faultline.sqlite3", "sqlite3", "/kept/faultline.sqlite3"),
        ("sqlite://:memory:", "sqlite3", ":memory:"),
    ],
)
def test_the_address_of_a_database_becomes_settings(text, engine, name):
    found = parse_database(text)
    assert (found["ENGINE"], found["NAME"]) == (f"django.db.backends.{engine}", name)


@pytest.mark.parametrize(
    "text",
    [
        *("", "faultline", "://", "h:5432/faultline", "mysql://u:hunter2@h/faultline", "postgres://u:hunter2@h"),
        *("postgres://u:hunter2@h:port/x", "postgres://u:hunter2@h:99999/x", "postgres://u:hunter2@[::1/x"),
    ],
)
def test_what_is_no_database_of_the_product_is_refused(text):
    with pytest.raises(SettingError, match=r"^DATABASE_URL .*Write it as postgres://") as refused:
        parse_database(text)
    assert "hunter2" not in str(refused.value)


@pytest.mark.parametrize(
    "text",
    [
        *("redis://h:6379/0", "rediss://:p@h/1", "redis+socket:///run/redis.sock"),
        *(
            "amqp://u:p@h:5672/faultline",
            "amqps://h",
            "sentinel://h:26379",
            "sentinel://a:26379/0;sentinel://b:26379/0",
        ),
    ],
)
def test_the_address_of_a_broker_is_taken_as_it_is(text):
    assert parse_broker(text) == text


@pytest.mark.parametrize(
    "text",
    [
        "h",
        "redis://",
        "http://h",
        "redis://:hunter2@h:port/0",
        "redis://:hunter2@[::1/0",
        "redis://h:0",
        "redis:h",
        "redis://h/x",
        "amqp://:hunter2@h:port/x",
        "sentinel://",
        "redis://:hunter2@h/0;redis://b/0",
        "sentinel://:hunter2@a:26379;redis://b/0",
    ],
)
def test_what_is_no_broker_is_refused(text):
    with pytest.raises(SettingError, match=r"^REDIS_URL .*Write it as redis://") as refused:
        parse_broker(text)
    assert "hunter2" not in str(refused.value)


@pytest.mark.parametrize(
    ("address", "master", "options"),
    [
        ("redis://h:6379/0", "", {"visibility_timeout": 300}),
        ("amqp://h", "", {}),
        ("sentinel://a;sentinel://b", "main", {"visibility_timeout": 300, "master_name": "main"}),
    ],
)
def test_each_broker_has_options_of_its_own(address, master, options):
    assert broker_options(address, master) == options


def test_sentinels_need_the_name_of_their_server():
    with pytest.raises(SettingError, match=r"^REDIS_MASTER "):
        broker_options("sentinel://a", "")


def test_an_address_may_name_a_pool_of_connections():
    found = parse_database("postgres://u:p@h:6432/faultline?disable_server_side_cursors=True")
    assert (found["DISABLE_SERVER_SIDE_CURSORS"], found["OPTIONS"]) == (True, {})
