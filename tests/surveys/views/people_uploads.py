"""A file of people on its way from the upload to the roster, as a browser sends it."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from surveys.models import Employee

UPLOAD, PREVIEW, CANCEL = (reverse(name) for name in ("people-import", "people-preview", "people-cancel"))


def send(client, data, *, name="people.csv"):
    return client.post(UPLOAD, {"file": SimpleUploadedFile(name, data)})


def preview(client, data):
    """Sends a file, follows, and returns the preview's page."""
    response = send(client, data)
    assert (response.status_code, response["Location"]) == (302, PREVIEW)
    return client.get(PREVIEW)


def confirm(client, page, **ticked):
    return client.post(PREVIEW, {"seen": page.context["form"].initial["seen"], **ticked})


def working():
    return set(Employee.objects.filter(active=True).values_list("name", flat=True))
