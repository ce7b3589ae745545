"""Staff pages in the language that they are written in."""

import pytest
from django.urls import reverse

from tests.diagnostics.report_pages import text
from tests.diagnostics.scored_waves import scored
from tests.diagnostics.waves import questionnaire

pytestmark = pytest.mark.django_db


def test_staff_pages_are_in_one_language_whatever_the_browser_asks_for(hr):
    """Signs have names in the languages of the instrument, and the sentences around them are English."""
    document = questionnaire()
    for scale in document["scales"]:
        scale["name"]["ru"] = f"Признак {scale['code']}"
    wave = scored(questionnaire=document)
    addresses = [reverse("wave-report", args=[wave.id]), reverse("method-report", args=[wave.id])]
    for address in addresses:
        reply = hr.get(address, headers={"Accept-Language": "ru-RU,ru;q=0.9"})
        assert "Признак" not in text(reply)
        assert reply.headers["Content-Language"] == "en"
