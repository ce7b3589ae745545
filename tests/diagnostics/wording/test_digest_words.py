"""The words of the digest: complete without the page, and the same as there."""

import json
import re
from io import StringIO

import pytest
from django.core.management import call_command
from django.utils.html import strip_tags

from diagnostics.core.alerts.reasons.level import AboveLevel
from diagnostics.report import selectors
from diagnostics.services.scoring import score
from diagnostics.wording.alerts import describe_alert
from tests.diagnostics.digests import digest, staff
from tests.diagnostics.scored_waves import scored
from tests.diagnostics.waves import close_wave, department, make_survey, spread

pytestmark = pytest.mark.django_db


def stagnant(count):
    """People who are calm about all but one sign."""
    return [row[:8] + bytes([2 + place % 3, 4 - place % 2]) + row[10:] for place, row in enumerate(spread(count, 1))]


def of_index(wave, name):
    alerts = selectors.report(wave.id, within=None).alerts
    return next(alert for alert in alerts if (alert.group_name, alert.measure) == (name, "index"))


def test_an_alert_has_the_same_words_on_page_in_mail_and_in_exports(client):
    user, survey = staff("all"), make_survey()
    scored(survey)
    wave = scored(survey, number=2)
    alert = of_index(wave, "Marketing")
    sentence = describe_alert(alert)
    assert (alert.event, alert.since_wave, alert.reason) == ("ongoing", 1, AboveLevel(level=50, certainty=99))
    call_command("report", format="json", stdout=(document := StringIO()))
    call_command("report", stdout=(table := StringIO()))
    alerts = json.loads(document.getvalue())["alerts"]
    (exported,) = [row for row in alerts if (row["name"], row["measure"]) == ("Marketing", "index")]
    assert (exported["reason"], exported["reason_code"]) == (sentence, "above_level")
    assert exported["reason_arguments"] == {"level": 50, "certainty": 99}
    assert f"Marketing, conflict-risk index (level): {sentence}" in table.getvalue()
    assert f"  Conflict-risk index. {sentence}\n" in digest(user, wave).text
    assert f">Conflict-risk index. {sentence}</p>" in digest(user, wave).html
    client.force_login(user)
    page = client.get(f"/report/{wave.id}/").content.decode()
    assert f"conflict-risk index. {sentence}" in " ".join(strip_tags(page).split())


def test_an_alert_of_a_sign_alone_names_the_sign():
    user, survey = staff("all"), make_survey()
    wave = close_wave(survey, {department("Sales"): (20, stagnant(16)), department("Legal"): (20, spread(15, 1))})
    score(wave_id=wave.id)
    case = digest(user).text.partition("* Sales\n")[2]
    (alert,) = [found for found in selectors.report(wave.id, within=None).alerts if found.measure == "stagnation"]
    assert f"  Stagnation. {describe_alert(alert)}\n" in case


def test_a_change_and_each_sign_with_an_alert_are_in_the_mail():
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
