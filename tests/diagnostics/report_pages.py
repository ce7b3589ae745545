"""Pages of the report, as a client gets them."""

from django.urls import reverse
from django.utils.html import strip_tags

from diagnostics.report import selectors


def text(reply):
    assert reply.status_code == 200
    return " ".join(strip_tags(reply.content.decode()).split())


def key_of(wave, name):
    report = selectors.report(wave.id, within=None)
    return next(row.key for row in (report.company, *report.divisions, *report.groups) if row.name == name)


def department_page(client, wave, name):
    return client.get(reverse("department-report", args=[wave.id, key_of(wave, name)]))


def pair_page(client, wave):
    return client.get(reverse("pair-report", args=[wave.id]))
