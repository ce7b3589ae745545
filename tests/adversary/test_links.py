"""Links over real HTTP: a hundred at once, replayed, foreign, of a closed wave, cut short; and curious scanners."""

import html
import re
import secrets
import uuid
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from http import HTTPStatus

import pytest
from django.core import mail
from django.db import connection

from surveys.audit.site import free_address, status, web_process
from surveys.ballot import tokens
from surveys.mails import sending
from surveys.models import Invitation, SealedBallot
from surveys.services import inviting
from tests.adversary.scanner import everything_followed
from tests.company import cast, close, invitations, open_next
from tests.factories import token_of
from tests.tiers import LONG

pytestmark = pytest.mark.django_db(transaction=True)
ANSWER = b"item_avoided_meetings_1=2"
TOKENS = 10_000
OVER_HTTP = TOKENS if LONG else 400


@pytest.fixture(scope="module")
def site(django_db_setup, collected_static, tmp_path_factory):
    """The product's own web process on the tests' database; its address."""
    address = free_address()
    database = "postgres://{USER}:{PASSWORD}@{HOST}:{PORT}/{NAME}".format(**connection.settings_dict)
    log = tmp_path_factory.mktemp("site") / "web.log"
    with web_process(address, log, {"DATABASE_URL": database, "SITE_URL": f"http://{address}"}):
        yield f"http://{address}"


@pytest.fixture
def wave(survey, tmp_path):
    return open_next(survey, tmp_path)


def cast_over_http(links):
    with ThreadPoolExecutor(16) as pool:
        return Counter(pool.map(lambda link: status(link, ANSWER), links))


def votes():
    return SealedBallot.objects.count(), Invitation.objects.filter(answered=True).count()


def test_of_a_hundred_posts_of_one_link_at_once_one_is_a_ballot(site, wave):
    (invitation,) = invitations(wave, "Sales", 1)
    with ThreadPoolExecutor(100) as pool:
        replies = Counter(pool.map(lambda link: status(link, ANSWER), [f"{site}/a/{token_of(invitation)}"] * 100))
    assert replies == {HTTPStatus.OK: 1, HTTPStatus.CONFLICT: 99}
    assert votes() == (1, 1)


def useless_tokens(survey, key_directory):
    """Replayed, of a closed wave, foreign, cut short, longer, with one letter changed; a fifth of each of the rest."""
    closed = open_next(survey, key_directory)
    for invitation in invitations(closed, "Sales"):
        cast(invitation)
    old = [token_of(invitation) for invitation in Invitation.objects.filter(wave=closed)]
    close(closed, key_directory)
    wave = open_next(survey, key_directory)
    answered = invitations(wave, "Sales")
    for invitation in answered:
        cast(invitation)
    good = [token_of(invitation) for invitation in Invitation.objects.filter(wave=wave)]
    used = [token_of(invitation) for invitation in answered]
    many = TOKENS // 5
    foreign = [tokens.derive(secrets.token_bytes(32), uuid.UUID(hex=invitation.id.hex)) for invitation in answered] * (
        many // 20
    )
    guessed = [tokens.derive(secrets.token_bytes(32), uuid.uuid4()) for _ in range(many)]
    short = [good[place % len(good)][: 1 + place % 25] for place in range(many)]
    longer = [good[place % len(good)] + secrets.choice("abcdefgh") for place in range(many)]
    changed = [_one_letter_changed(good[place % len(good)], place % 26) for place in range(many)]
    return wave, [*used, *old], [*foreign, *guessed, *short, *longer, *changed]


def _one_letter_changed(token, place):
    letter = secrets.choice([other for other in "abcdefghijklmnopqrstuvwxyz234567" if other != token[place]])
    return token[:place] + letter + token[place + 1 :]


def test_of_ten_thousand_useless_tokens_none_is_accepted(site, survey, tmp_path):
    wave, spent, wrong = useless_tokens(survey, tmp_path)
    before = votes()
    assert before == (20, 20)
    assert cast_over_http(f"{site}/a/{token}" for token in spent) == {
        HTTPStatus.CONFLICT: 20,
        HTTPStatus.GONE: len(spent) - 20,
    }
    assert len(spent) + len(wrong) >= TOKENS
    fingerprints = [tokens.fingerprint(token) for token in wrong]
    assert not Invitation.objects.filter(token_hash__in=fingerprints).exists()
    sample = secrets.SystemRandom().sample(wrong, OVER_HTTP)
    assert cast_over_http(f"{site}/a/{token}" for token in sample) == {HTTPStatus.NOT_FOUND: OVER_HTTP}
    assert votes() == before
    good = next(invitation for invitation in invitations(wave, "Marketing"))
    assert status(f"{site}/a/{token_of(good)}", ANSWER) == HTTPStatus.OK, "a good token would have been accepted"


def mailed_links(site, settings, wave):
    """Every link of every part of an invitation and a reminder, as they were mailed."""
    settings.SITE_URL = site
    inviting.remind(wave_id=wave.id, number=1)
    while sending.send_pending():
        pass
    letters = [letter for letter in mail.outbox if letter.to == mail.outbox[0].to]
    assert len(letters) == 2
    parts = [letter.body for letter in letters] + [part.content for letter in letters for part in letter.alternatives]
    return {html.unescape(link) for part in parts for link in re.findall(r"https?://[^\s\"'<>]+", part)}


def test_a_scanner_that_follows_and_submits_everything_leaves_no_vote(site, settings, wave):
    links = mailed_links(site, settings, wave)
    asked = everything_followed(site, links)
    assert {path.split("/")[1] for _, path, _ in asked} >= {"a", "anonymity"}
    answer_page = [(method, code) for method, path, code in asked if path.startswith("/a/")]
    assert set(answer_page) == {
        ("GET", HTTPStatus.OK),
        ("HEAD", HTTPStatus.OK),
        ("POST", HTTPStatus.UNPROCESSABLE_ENTITY),
    }
    assert [code for _, _, code in asked if code >= HTTPStatus.INTERNAL_SERVER_ERROR] == []
    assert votes() == (0, 0)
    (link,) = {link for link in links if "/a/" in link}
    assert status(link, ANSWER) == HTTPStatus.OK, "the link was spent by the scanner"
