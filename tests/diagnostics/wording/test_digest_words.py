"""The words of the digest: complete without the page, and the same as there."""

import json
import re
from io import StringIO

import pytest
from django.core.management import call_command
from django.utils.html import strip_tags

from diagnostics.services.scoring import score
from tests.diagnostics.services.test_digest import digest, scored, staff
from tests.diagnostics.waves import close_wave, department, make_survey, spread

pytestmark = pytest.mark.django_db


def stagnant(count):
    """People who are calm about all but one sign."""
    return [row[:8] + bytes([2 + place % 3, 4 - place % 2]) + row[10:] for place, row in enumerate(spread(count, 1))]


def test_an_alert_says_what_how_sure_and_since_when_in_the_same_words_on_page_in_mail_and_export(client):
    user, survey = staff("all"), make_survey()
    scored(survey)
    wave = scored(survey, number=2)
    said = "Standing since wave 1 (January 2026): now above 50 with over 99 % certainty."
    call_command("report", format="json", stdout=(document := StringIO()))
    call_command("report", stdout=(table := StringIO()))
    alerts = json.loads(document.getvalue())["alerts"]
    assert said in [one["reason"] for one in alerts if (one["name"], one["measure"]) == ("Marketing", "index")]
    assert f"Marketing, conflict-risk index (level): {said}" in table.getvalue()
    assert f"  Conflict-risk index. {said}\n" in digest(user, wave).text
    assert f">Conflict-risk index. {said}</p>" in digest(user, wave).html
    client.force_login(user)
    page = client.get(f"/report/{wave.id}/").content.decode()
    assert f"conflict-risk index. {said}" in " ".join(strip_tags(page).split())


def test_an_alert_of_a_sign_alone_names_the_sign_for_the_index_below_50_would_contradict_it():
    user, survey = staff("all"), make_survey()
    wave = close_wave(survey, {department("Sales"): (20, stagnant(16)), department("Legal"): (20, spread(15, 1))})
    score(wave_id=wave.id)
    case = digest(user).text.partition("* Sales\n")[2]
    assert "  Stagnation. Raised in wave 1: above 50 with over 99 % certainty.\n" in case


def test_a_change_is_told_in_the_words_of_the_page_and_each_sign_with_an_alert_since_when():
    user, survey = staff("all"), make_survey()
    for number in (1, 2):
        wave = close_wave(
            survey,
            {department("Sales"): (20, spread(16, 4 - number % 2)), department("Legal"): (20, spread(15, 1))},
            number=number,
        )
    score(wave_id=wave.id)
    case = digest(user, wave).text.partition("* Sales\n")[2].partition("\n")[0]
    assert re.match(r"  Index \d+, likely \d+ to [≥ \d]+, up \d+ since the last published wave\. Signs", case)
    assert re.search(r"stagnation \(\d+, likely \d+ to [≥ \d]+, since wave 1\)", case)
    first = digest(user, survey.waves.get(number=1)).text
    assert re.search(r"stagnation \(\d+, likely \d+ to \d+, new\)", first)
