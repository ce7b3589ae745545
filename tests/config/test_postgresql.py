"""A kept connection is looked at before it is used, and the server is not asked about one that works."""

import psycopg
import pytest
from django.db import connection

from tests.threads import in_background

pytestmark = pytest.mark.django_db(transaction=True)
SECONDS = 30


@pytest.fixture
def sent(monkeypatch):
    """The statements that reach psycopg."""
    statements = []
    real = psycopg.Cursor.execute

    def execute(cursor, query, *arguments, **options):
        statements.append(query)
        return real(cursor, query, *arguments, **options)

    monkeypatch.setattr(psycopg.Cursor, "execute", execute)
    return statements


def process():
    """Of the server, for this connection."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return cursor.fetchone()[0]


def end(number):
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s, %s)", [number, SECONDS * 1000])
        assert cursor.fetchone()[0]


def test_the_server_is_not_asked_about_a_connection_that_works(sent):
    before = process()
    # As at the beginning of each request.
    connection.close_if_unusable_or_obsolete()
    sent.clear()
    assert process() == before
    assert sent == ["SELECT pg_backend_pid()"]


def test_one_that_the_server_has_ended_is_opened_again():
    before = process()
    connection.close_if_unusable_or_obsolete()
    in_background(lambda: end(before)).result(SECONDS)
    assert process() != before


def test_after_an_error_the_server_is_asked(sent):
    process()
    connection.errors_occurred = True
    sent.clear()
    connection.close_if_unusable_or_obsolete()
    assert sent == ["SELECT 1"]
