"""The works council's pages: a passphrase is set with care, and entered once a wave has ended."""

import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from surveys.ballot import trustee
from surveys.choices import WaveState
from surveys.models import Response, TrusteeKey, Wave
from surveys.services import trustees
from surveys.services.turns import BusyError, turn
from tests import factories
from tests.company import cast, close, invitations, open_next
from tests.staff import PASSWORD, make_staff
from tests.trustees import PASSPHRASE

# Counting ends with a VACUUM, which PostgreSQL does outside transactions only.
counts = pytest.mark.django_db(transaction=True)
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("cheap_passphrases")]
TWICE = {"passphrase": PASSPHRASE, "again": PASSPHRASE}


@pytest.fixture
def auditor(client):
    client.force_login(make_staff("auditor"))
    return client


@pytest.fixture
def waiting(survey, tmp_path):
    """A wave with seven answers that has ended."""
    trustees.set_passphrase(survey=survey, passphrase=PASSPHRASE)
    wave = open_next(survey, tmp_path)
    for invitation in invitations(wave, "Sales", 7):
        cast(invitation)
    return close(wave, tmp_path)


def words(reply):
    return " ".join(reply.text.split())


def url(name, *arguments):
    return reverse(name, args=arguments)


# Setting it


def test_the_passphrase_is_set_by_typing_it_twice(auditor, survey):
    reply = auditor.post(url("trustee-passphrase", survey.pk), TWICE, follow=True)
    assert [message.level_tag for message in reply.context["messages"]] == ["success"]
    assert [row.protected for row in reply.context["surveys"]] == [True]
    assert "Passphrase set" in reply.text
    assert trustee.unlock(TrusteeKey.objects.get(survey=survey).locked, PASSPHRASE)


def test_the_page_shows_what_a_forgotten_one_costs(auditor, survey):
    assert 'id="forgotten"' in auditor.get(url("trustee-passphrase", survey.pk)).text


@pytest.mark.parametrize(
    ("passphrase", "again", "message"),
    [
        ("", "", "Choose a passphrase."),
        ("too short", "too short", "take at least 12 characters"),
        ("x" * 201, "x" * 201, "at most 200 characters"),
        ("password1234", "password1234", "too common"),
        ("auditor@example.com", "auditor@example.com", "too similar to the email"),
        (PASSWORD, PASSWORD, "This is the password that you sign in with."),
        (PASSPHRASE, PASSPHRASE + "s", "The two differ. Type both again."),
        (PASSPHRASE, "", "Type it a second time"),
    ],
)
def test_a_bad_passphrase_is_refused_at_its_field_and_changes_nothing(auditor, survey, passphrase, again, message):
    reply = auditor.post(url("trustee-passphrase", survey.pk), {"passphrase": passphrase, "again": again})
    assert reply.status_code == 422
    assert message in reply.text
    assert not passphrase or f'value="{passphrase}"' not in reply.text
    assert not TrusteeKey.objects.exists()


def test_a_new_passphrase_takes_the_place_of_the_old_one(auditor, survey):
    trustees.set_passphrase(survey=survey, passphrase="the one that was before")
    page = auditor.get(url("trustee-passphrase", survey.pk))
    assert page.context["protected"] is True
    auditor.post(url("trustee-passphrase", survey.pk), TWICE)
    assert trustee.unlock(TrusteeKey.objects.get(survey=survey).locked, PASSPHRASE)


def test_it_is_removed_by_a_post_only(auditor, survey):
    trustees.set_passphrase(survey=survey, passphrase=PASSPHRASE)
    assert auditor.get(url("trustee-remove", survey.pk)).status_code == 405
    reply = auditor.post(url("trustee-remove", survey.pk), follow=True)
    assert [message.level_tag for message in reply.context["messages"]] == ["success"]
    assert [row.protected for row in reply.context["surveys"]] == [False]
    assert not TrusteeKey.objects.filter(survey=survey).exists()


# Entering it


@counts
def test_the_passphrase_is_entered_and_the_wave_is_counted(auditor, waiting, tmp_path):
    assert "Enter the passphrase" in auditor.get(url("trustee")).text
    reply = auditor.post(url("trustee-wave", waiting.id), {"passphrase": PASSPHRASE}, follow=True)
    assert "Thank you. Pulse 1 is counted within minutes" in reply.text
    assert 'data-waits-for="counting"' in reply.text
    assert close(waiting, tmp_path).state == WaveState.CLOSED
    assert Response.objects.count() == 7


@pytest.mark.parametrize("typed", ["", "wrong", PASSPHRASE.upper(), PASSPHRASE + "x"])
def test_a_wrong_passphrase_is_refused_at_the_form_and_changes_nothing(auditor, waiting, typed):
    reply = auditor.post(url("trustee-wave", waiting.id), {"passphrase": typed})
    assert reply.status_code == 422
    message = "This is not the passphrase that was set when the wave opened" if typed else "Enter the passphrase."
    assert message in reply.text
    assert not typed or f'value="{typed}"' not in reply.text
    assert Wave.objects.get(id=waiting.id).passphrase_box is None


def test_what_is_stored_of_it_is_sealed(auditor, waiting):
    auditor.post(url("trustee-wave", waiting.id), {"passphrase": PASSPHRASE})
    box = bytes(Wave.objects.get(id=waiting.id).passphrase_box)
    assert (len(box), PASSPHRASE.encode() in box) == (trustee.PASSPHRASE_BOX_BYTES, False)


def test_a_second_auditor_reads_that_it_is_there_already(auditor, waiting):
    trustees.enter_passphrase(wave=waiting, passphrase=PASSPHRASE)
    reply = auditor.post(url("trustee-wave", waiting.id), {"passphrase": PASSPHRASE}, follow=True)
    assert reply.redirect_chain == [(reverse("trustee"), 302)]
    assert 'data-waits-for="counting"' in reply.text


def test_so_does_one_whose_wave_was_abandoned_between_reading_and_sending(auditor, waiting, monkeypatch):
    monkeypatch.setattr("surveys.views.trustee.enter_passphrase", lambda **_: False)
    reply = auditor.post(url("trustee-wave", waiting.id), {"passphrase": PASSPHRASE}, follow=True)
    assert [message.level_tag for message in reply.context["messages"]] == ["info"]


def test_before_the_end_there_is_nothing_to_enter(auditor, survey, tmp_path):
    trustees.set_passphrase(survey=survey, passphrase=PASSPHRASE)
    wave = open_next(survey, tmp_path)
    page = auditor.get(url("trustee-wave", wave.id), follow=True)
    assert 'data-waits-for="end"' in page.text
    auditor.post(url("trustee-wave", wave.id), {"passphrase": PASSPHRASE})
    assert Wave.objects.get(id=wave.id).passphrase_box is None


def test_after_a_change_the_page_asks_for_the_waves_own_passphrase(auditor, waiting, survey):
    assert [row.current for row in auditor.get(url("trustee")).context["waves"]] == [True]
    trustees.set_passphrase(survey=survey, passphrase="another passphrase entirely")
    page = auditor.get(url("trustee"))
    assert [row.current for row in page.context["waves"]] == [False]
    assert "set when it opened" in page.text


def test_a_wave_whose_key_is_lost_asks_for_no_passphrase(auditor, waiting):
    Wave.objects.filter(id=waiting.id).update(key_lost=True)
    page = auditor.get(url("trustee-wave", waiting.id), follow=True)
    assert 'data-waits-for="key"' in page.text


@counts
def test_other_waves_have_no_such_page(auditor, waiting, tmp_path):
    without = factories.make_wave(survey=factories.make_survey("Yearly"))
    trustees.enter_passphrase(wave=waiting, passphrase=PASSPHRASE)
    close(waiting, tmp_path)
    for wave_id in (without.id, waiting.id, uuid.uuid4()):
        assert auditor.get(url("trustee-wave", wave_id)).status_code == 404


# What others read


def test_hr_reads_that_the_wave_waits_and_for_whom_but_no_number(client, waiting):
    client.force_login(make_staff("hr"))
    reply = client.get(reverse("waves"))
    page = words(reply)
    assert 'data-note="trustee"' in reply.text
    assert "once it is counted" in page
    assert "with a trustee" in page
    assert "sealed ballot" not in page
    assert "is lost or damaged" not in page


def test_an_auditor_sees_no_number_of_ballots_and_no_figure(auditor, waiting):
    page = words(auditor.get(url("trustee")))
    assert "Pulse 1" in page
    assert not [leak for leak in ("Sales", "7 ", "ballot", "%") if leak in page]


@pytest.mark.parametrize("count", [1, 4])
def test_the_number_of_queries_does_not_grow(auditor, count):
    for number in range(count):
        survey = factories.make_survey(f"Pulse {number}")
        trustees.set_passphrase(survey=survey, passphrase=PASSPHRASE)
        factories.make_wave(survey=survey, trustee_key=survey.trustee_key, release_key=bytes(32))
    with CaptureQueriesContext(connection) as queries:
        auditor.get(url("trustee"))
    assert len(queries) == 4  # session, account, surveys, waves


# Guessing it


@counts
def test_without_a_turn_to_hash_a_passphrase_is_neither_tried_nor_set(auditor, waiting, two_turns):
    page, key = url("trustee-wave", waiting.id), TrusteeKey.objects.get()
    with turn(), turn():
        assert auditor.post(page, {"passphrase": PASSPHRASE}).status_code == 429
        with pytest.raises(BusyError):
            trustees.set_passphrase(survey=waiting.survey, passphrase="other words than before")
    assert (TrusteeKey.objects.get(), Wave.objects.get().passphrase_box) == (key, None)
    assert auditor.post(page, {"passphrase": PASSPHRASE}).status_code == 302
