"""What a load balancer and the containers ask: is the process up, and can it serve?"""

import pytest
from django.db import connection

READY, DOWN = 200, 503


def test_healthz_answers_without_the_database(client):
    response = client.get("/healthz")
    assert (response.status_code, response.content) == (200, b"ok")


def test_readyz_is_ready_when_all_migrations_are_applied(client, db):
    response = client.get("/readyz")
    assert (response.status_code, response.content) == (READY, b"ready")


def test_readyz_is_not_ready_while_a_migration_waits(client, db):
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'diagnostics'")
    response = client.get("/readyz")
    assert (response.status_code, response.content) == (DOWN, b"migrations are not applied")


def test_readyz_fails_when_the_database_is_gone(client, db, monkeypatch):
    monkeypatch.setitem(connection.settings_dict, "PORT", "1")
    connection.close()
    response = client.get("/readyz")
    assert (response.status_code, response.content) == (DOWN, b"the database cannot be reached")


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_health_is_answered_over_plain_http_and_is_not_cached(client, db, settings, path):
    settings.SECURE_SSL_REDIRECT = True
    response = client.get(path)
    assert response.status_code == READY
    assert "no-store" in response["Cache-Control"]
