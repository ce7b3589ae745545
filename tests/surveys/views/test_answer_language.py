"""Each respondent reads the page in the language of the roster, whatever the browser says."""

import runpy

import pytest
from babel.messages.mofile import read_mo
from django.conf import settings
from django.utils import translation

from surveys.choices import WaveState
from surveys.models import Employee
from tests.factories import make_department, make_employee, make_invitation, make_questionnaire, make_wave
from tests.stored_pages import address_of

MESSAGES = runpy.run_path(str(settings.BASE_DIR / "assets" / "messages.py"))


def forms(string):
    return (string or "",) if not isinstance(string, tuple | list) else tuple(string)


def by_id(catalog):
    """Without the untranslated, which are not compiled."""
    return {
        str(message.id[0] if isinstance(message.id, tuple | list) else message.id): forms(message.string)
        for message in catalog
        if message.id and all(forms(message.string))
    }


def test_every_marked_text_has_a_russian_translation():
    russian = MESSAGES["translation"]("ru")
    marked = [message for message in MESSAGES["template"]() if message.id]
    assert len(marked) > 50
    untranslated = [
        message.id for message in marked if not (found := russian.get(message.id)) or not all(forms(found.string))
    ]
    assert untranslated == []


def test_translations_keep_their_placeholders():
    problems = [error for message in MESSAGES["translation"]("ru") if message.id for error in message.check()]
    assert problems == []


def test_the_compiled_catalog_is_that_of_the_texts():
    with (MESSAGES["LOCALE"] / "ru" / "LC_MESSAGES" / "django.mo").open("rb") as file:
        assert by_id(read_mo(file)) == by_id(MESSAGES["translation"]("ru"))


@pytest.mark.django_db
def test_the_page_is_in_the_language_of_the_roster(client):
    make_employee("sam", make_department("Sales"))
    invitation = make_invitation(employee=make_employee("Инна", language="ru"))
    reply = client.get(address_of(invitation), headers={"accept-language": "en"})
    assert '<html lang="ru" dir="ltr">' in reply.text
    assert reply["Content-Language"] == "ru"
    assert "Вопрос meetings_1?" in reply.text
    assert "Не могу судить" in reply.text
    assert "Ответить можно до 9 марта 2026 г. 9:00 (UTC)." in reply.text
    assert "«Design»: 12 человек." in reply.text
    refused = client.post(address_of(invitation))
    assert "Вы пока ничего" in refused.text


@pytest.mark.django_db
def test_the_language_of_one_page_does_not_stay_for_the_next(client):
    client.get(address_of(make_invitation(employee=make_employee(language="ru"))))
    assert translation.get_language() == "en"


@pytest.mark.django_db
def test_untranslated_questions_come_in_the_first_language_and_say_so(client):
    invitation = make_invitation(make_wave(questionnaire=make_questionnaire(languages=["en"])))
    Employee.objects.update(language="ru")
    text = client.get(address_of(invitation)).text
    assert "Meetings 1?" in text
    assert '<div lang="en">' in text


@pytest.mark.django_db
@pytest.mark.parametrize("state", [WaveState.OPENING, WaveState.CLOSED])
def test_friendly_pages_are_in_the_language_of_the_roster(client, state):
    invitation = make_invitation(make_wave(state), make_employee(language="ru"))
    assert '<html lang="ru" dir="ltr">' in client.get(address_of(invitation)).text


@pytest.mark.django_db
def test_an_unknown_link_can_only_go_by_the_browser(client):
    assert "Ссылка не работает" in client.get("/a/unknown", headers={"accept-language": "ru"}).text
