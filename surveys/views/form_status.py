"""The status of a page with a form."""

from http import HTTPStatus

from django.forms import BaseForm


def form_status(form: BaseForm) -> HTTPStatus:
    """200 for a form that is shown empty, 422 for one that was sent and is shown again with what is wrong."""
    return HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
