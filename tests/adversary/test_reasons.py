"""Two reasons go out, whichever rule suppressed a figure: on pages, in JSON, CSV and mails."""

import csv
import io
import json
import re
from html import unescape

import pytest
from django.urls import reverse

from diagnostics.core.disclosure.reasons import SuppressionRule, stored_reason
from diagnostics.models import Digest, GroupScore, Score
from diagnostics.services import pairing, scoring
from surveys.choices import Role
from surveys.models import StaffUser
from tests.adversary.published import printed
from tests.diagnostics.pair_waves import NEEDED, contact, questionnaire, rate, worked
from tests.diagnostics.scored_waves import scored
from tests.diagnostics.waves import close_wave, department, make_survey, same, spread

pytestmark = pytest.mark.django_db(transaction=True)
WORDS = {"too_few": "too few answers", "protected": "suppressed to protect anonymity"}
# What stands in a page where a figure does not.
NOTE = re.compile(r'class="suppressed-note">([^<]+)<|class="hatched"[^>]*>(?:<span[^>]*>)*([^<]+)<')
# Words that only one rule would need, beside a figure that is not there.
SPEAKING = re.compile(r"homogen|complementary|all (?:gave|chose)|same answer|answers too|narrow_band|could be computed")


def quiet(survey):
    """Everybody in Quiet answers alike, of Legal four answer, of Stores nine, and of 16 people in Narrow 15."""
    sizes = {"Sales": (40, 17), "Service": (40, 23), "Narrow": (16, 15), "Stores": (20, 9), "Legal": (9, 4)}
    made = {department(name): (people, spread(count, 2, seed=count)) for name, (people, count) in sizes.items()}
    wave = close_wave(survey, made | {department("Quiet"): (40, same(14, 4))}, questionnaire=questionnaire())
    rate(wave, department("Sales"), department("Quiet"), contact(12, NEEDED))
    rate(wave, department("Service"), department("Quiet"), worked(9, 2) + contact(4, NEEDED))
    rate(wave, department("Quiet"), department("Sales"), worked(12, 2, seed=3))
    rate(wave, department("Narrow"), department("Sales"), worked(4, 2, seed=4))
    return wave


@pytest.fixture
def fired(monkeypatch):
    """The rules that suppressed anything of the wave."""
    rules = set()

    def recorded(rule):
        rules.add(rule)
        return stored_reason(rule)

    for module in (scoring, pairing):
        monkeypatch.setattr(module, "stored_reason", recorded)
    return rules


@pytest.fixture
def wave(fired):
    StaffUser.objects.create_user("leader@example.com", "x", name="Leader", role=Role.LEADER)
    return scored(make_survey(), make=quiet)


def suppressed_in(document):
    """(code, sentence) of each suppressed figure in a document, however deep."""
    if isinstance(document, dict):
        if document.get("status") == "suppressed":
            yield document["reason_code"], document["reason"]
        document = list(document.values())
    for part in document if isinstance(document, list) else ():
        yield from suppressed_in(part)


def test_json_and_csv_know_two_reasons_for_six_rules(wave, fired):
    # CHANGED needs a wave before; that a rule is stored as one of two reasons is held for all of them elsewhere.
    assert fired >= set(SuppressionRule) - {SuppressionRule.NOT_ASKED, SuppressionRule.CHANGED}
    assert set(suppressed_in(json.loads(printed("json")))) == set(WORDS.items())
    lines = csv.DictReader(io.StringIO(printed("csv")))
    assert {(line["reason_code"], line["reason"]) for line in lines if line["status"] == "suppressed"} == set(
        WORDS.items()
    )


def test_pages_have_two_reasons_where_a_figure_is_not(wave, client):
    client.force_login(StaffUser.objects.create_user("hr@example.com", "x", name="HR", role=Role.HR))
    keys = dict(GroupScore.objects.filter(kind="group").values_list("name", "key"))
    paths = [reverse(name, args=[wave.id]) for name in ("wave-report", "pair-report", "method-report")]
    paths += [reverse("department-report", args=[wave.id, key]) for key in keys.values()]
    paths.append(reverse("proposals-report", args=[wave.id, keys["Quiet"], keys["Sales"]]))
    pages = [unescape(client.get(path).content.decode()) for path in paths]
    notes = {first or second for page in pages for first, second in NOTE.findall(page)}
    reasons = {note.strip().lower().partition(": ")[2] or note.strip().lower() for note in notes}
    marks = {reason for reason in reasons if len(reason) == 1}
    assert reasons - marks == set(WORDS.values())
    assert [page for page in pages if SPEAKING.search(page)] == []


def test_the_digest_has_the_same_two_reasons(wave):
    (digest,) = Digest.objects.all()
    names = Score.objects.filter(measure="index", status="suppressed", group__kind="group").values_list(
        "group__name", "reason"
    )
    assert {reason for _, reason in names} == set(WORDS)
    for name, reason in names:
        assert f"* {name}: {WORDS[reason].capitalize()}." in digest.text
    assert not any(SPEAKING.search(text) for text in (digest.subject, digest.text, digest.html))


def test_a_word_that_only_one_rule_needs_would_be_found():
    """Negative control: words of what earlier versions wrote beside a sign."""
    assert [bool(SPEAKING.search(words)) for words in ("all gave", "answers too alike", "too few answers")] == [
        *(True, True, False)
    ]
