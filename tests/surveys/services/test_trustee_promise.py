"""What respondents read of a trustee is what holds for their wave."""

import pytest

from surveys.models import Wave
from surveys.services import trustees
from tests.factories import make_employee, make_invitation, make_survey, make_wave, token_of
from tests.trustees import PASSPHRASE

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("cheap_passphrases")]
TRUSTEE, APART, ONE_SERVER = 'data-key="trustee"', 'data-key="apart"', 'data-key="one-server"'


def make_protected(name="Pulse"):
    survey = make_survey(name)
    trustees.set_passphrase(survey=survey, passphrase=PASSPHRASE)
    return make_wave(survey=survey, trustee_key=survey.trustee_key, release_key=bytes(32))


@pytest.mark.parametrize("apart", [True, False])
def test_with_a_trustee_the_answer_page_promises_the_trustee(client, settings, apart):
    settings.KEY_APART = apart
    text = client.get(f"/a/{token_of(make_invitation(make_protected()))}").text
    assert [text.count(mark) for mark in (TRUSTEE, APART, ONE_SERVER)] == [2, 0, 0]


def test_in_russian_too(client):
    invitation = make_invitation(make_protected(), make_employee(language="ru"))
    text = client.get(f"/a/{token_of(invitation)}").text
    assert text.count(TRUSTEE) == 2
    assert text.count("пока опрос не закончится и доверенное лицо совета работников не введёт парольную фразу") == 2


def test_a_passphrase_set_after_opening_is_not_promised_for_that_wave(client, settings):
    settings.KEY_APART = False
    wave = make_wave()
    trustees.set_passphrase(survey=wave.survey, passphrase=PASSPHRASE)
    text = client.get(f"/a/{token_of(make_invitation(wave))}").text
    assert [text.count(mark) for mark in (TRUSTEE, APART, ONE_SERVER)] == [0, 0, 2]


def test_one_removed_after_the_opening_still_holds_for_it(client):
    wave = make_protected()
    trustees.remove_passphrase(survey=wave.survey)
    assert TRUSTEE in client.get(f"/a/{token_of(make_invitation(Wave.objects.get()))}").text


def test_the_public_page_promises_it_where_every_running_wave_has_one(client, django_assert_num_queries):
    make_protected()
    make_protected("Yearly")
    with django_assert_num_queries(3):
        text = client.get("/anonymity/").text
    assert text.count(TRUSTEE) == 2
    assert "data-trustee" not in text


def test_where_a_wave_has_none_the_public_page_promises_less(client, settings):
    settings.KEY_APART = False
    make_protected()
    make_wave(survey=make_survey("Yearly"))
    text = client.get("/anonymity/").text
    assert [text.count(mark) for mark in (TRUSTEE, APART, ONE_SERVER)] == [0, 0, 2]
    assert text.count("data-trustee") == 1
    assert text.index("<h3>Pulse</h3>") < text.index('data-trustee="Pulse"') < text.index("<h3>Yearly</h3>")


def test_where_no_wave_is_open_nothing_is_promised_of_a_trustee(client):
    trustees.set_passphrase(survey=make_survey(), passphrase=PASSPHRASE)
    assert TRUSTEE not in client.get("/anonymity/").text
