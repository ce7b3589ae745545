"""The pages of comments: who reads which, in which order, what is said of the others, and how HR hides one."""

import re
import uuid

import pytest
from django.urls import reverse

from surveys.choices import HidingReason, WaveState
from surveys.models import Comment, CommentHiding
from tests.factories import make_survey, make_wave
from tests.staff import make_staff
from tests.surveys.commented_waves import commented_wave, divisions, withhold

pytestmark = pytest.mark.django_db

WRITTEN = [
    ("North", "The north is cold."),
    ("North", "Лифт в северном корпусе сломан."),
    ("South", "The south is <b>warm</b>."),
]


@pytest.fixture
def tops_and_works():
    return divisions("North", "South")


@pytest.fixture
def wave(tops_and_works):
    return commented_wave(*tops_and_works, WRITTEN)


def address(wave, **query):
    return reverse("comments-report", args=[wave.id], query=query)


def shown(client, wave, **query):
    """The comments on the page in their order."""
    page = client.get(address(wave, **query))
    assert page.status_code == 200
    return re.findall(r'<blockquote dir="auto">(.*?)</blockquote>', page.text, re.DOTALL)


def read_as(client, role, **fields):
    client.force_login(make_staff(role, **fields))


def hide_address(wave, comment):
    return reverse("comment-hiding-report", args=[wave.id, comment.id])


# Who reads what.


def test_hr_reads_all_comments(client, wave):
    read_as(client, "hr")
    escaped = {text.replace("<b>", "&lt;b&gt;").replace("</b>", "&lt;/b&gt;") for _, text in WRITTEN}
    assert set(shown(client, wave)) == escaped


@pytest.mark.parametrize(
    ("departments", "count"),
    [(["North"], 2), (["South"], 1), (["North", "South"], 3), ([], 3), (["North Works"], 0)],
)
def test_a_leader_reads_the_divisions_that_are_all_theirs(client, wave, departments, count):
    read_as(client, "leader", departments=departments)
    assert len(shown(client, wave)) == count


@pytest.mark.parametrize(("departments", "count"), [(["North"], 0), (["North", "South"], 0), ([], 1)])
def test_the_companys_comments_are_for_leaders_of_all_of_it(client, tops_and_works, departments, count):
    wave = commented_wave(*tops_and_works, [(None, "All is well.")])
    read_as(client, "leader", departments=departments)
    assert len(shown(client, wave)) == count


def test_who_was_in_the_division_then_decides_not_todays_roster(client, wave, tops_and_works):
    tops, below = tops_and_works
    below["North"].parent = tops["South"]
    below["North"].save()
    read_as(client, "leader", departments=["North"])
    assert shown(client, wave) == []


def test_a_scope_of_others_cannot_be_asked_for(client, wave, tops_and_works):
    read_as(client, "leader", departments=["North"])
    theirs = shown(client, wave, scope=tops_and_works[0]["South"].pk)
    assert sorted(theirs) == sorted(text for name, text in WRITTEN if name == "North")
    assert shown(client, wave, q="south", scope=tops_and_works[0]["South"].pk) == []


def test_auditors_read_none(client, wave):
    read_as(client, "auditor")
    assert client.get(address(wave)).status_code == 403


def test_reading_them_takes_signing_in(client, wave):
    assert client.get(address(wave)).status_code == 302


@pytest.mark.parametrize("state", [state for state in WaveState if state != WaveState.CLOSED])
def test_a_wave_that_is_not_counted_has_no_page(client, state):
    read_as(client, "hr")
    assert client.get(address(make_wave(state))).status_code == 404


def test_counts_of_others_scopes_are_not_shown_to_a_leader(client, wave, tops_and_works):
    withhold(wave, tops_and_works[0]["South"], 37)
    read_as(client, "leader", departments=["North"])
    page = client.get(address(wave)).text
    assert (re.search(r"\b37\b", page), "South" in page) == (None, False)


# What the page shows.


def test_the_order_stays_and_is_not_that_of_their_storing(client, tops_and_works):
    wave = commented_wave(*tops_and_works, [("North", f"Number {number:02}.") for number in range(30)])
    read_as(client, "hr")
    first = shown(client, wave)
    assert first == shown(client, wave)
    assert first == list(Comment.objects.order_by("id").values_list("text", flat=True))
    assert first != sorted(first)


@pytest.mark.parametrize(
    ("query", "count"), [({"q": "NORTH"}, 1), ({"q": "лифт"}, 1), ({"q": "the"}, 2), ({"q": "nowhere"}, 0), ({}, 3)]
)
def test_search_finds_parts_of_words_in_either_case(client, wave, query, count):
    read_as(client, "hr")
    assert len(shown(client, wave, **query)) == count


def test_a_scope_can_be_chosen_and_an_unknown_one_is_all(client, wave, tops_and_works):
    read_as(client, "hr")
    assert len(shown(client, wave, scope=tops_and_works[0]["South"].pk)) == 1
    assert [len(shown(client, wave, scope=scope)) for scope in ("company", "0", "\0", "9" * 40)] == [3, 3, 3, 3]


def test_it_counts_what_is_withheld_and_what_is_hidden(client, wave, tops_and_works):
    withhold(wave, tops_and_works[0]["North"], 2)
    Comment.objects.filter(text__contains="south").update(hidden=True)
    read_as(client, "hr")
    page = client.get(address(wave)).text
    assert ("held back: 2" in page, "hidden by HR: 1" in page) == (True, True)
    assert len(shown(client, wave)) == 2


def test_waves_of_other_surveys_do_not_mix(client, wave, tops_and_works):
    other = commented_wave(*tops_and_works, [("North", "Another wave.")], number=2, survey=wave.survey)
    read_as(client, "hr")
    assert shown(client, other) == ["Another wave."]
    assert str(other.id) in client.get(address(wave)).text


@pytest.mark.parametrize("size", [1, 40])
def test_queries_do_not_grow_with_comments_and_waves(client, tops_and_works, size, django_assert_num_queries):
    survey = make_survey()
    waves = [
        commented_wave(
            *tops_and_works,
            [("North", f"Number {number}.") for number in range(size)],
            number=number + 1,
            survey=survey,
        )
        for number in range(1 if size == 1 else 4)
    ]
    withhold(waves[0], tops_and_works[0]["South"], 3)
    read_as(client, "leader", departments=["North", "South"])
    with django_assert_num_queries(12):
        client.get(address(waves[0]))


# Hiding.


def test_hr_hides_a_comment_and_the_reason_is_kept(client, wave):
    read_as(client, "hr")
    comment = Comment.objects.get(text__contains="south")
    assert client.get(hide_address(wave, comment)).status_code == 200
    reply = client.post(hide_address(wave, comment), {"reason": "threat", "note": "Told by the lawyer."})
    assert (reply.status_code, reply["Location"]) == (302, address(wave))
    [hiding] = CommentHiding.objects.all()
    assert (hiding.wave, hiding.division.name, hiding.staff.email) == (wave, "South", "hr@example.com")
    assert (hiding.reason, hiding.note) == (HidingReason.THREAT, "Told by the lawyer.")
    comment.refresh_from_db()
    assert (comment.hidden, comment.text) == (True, "The south is <b>warm</b>.")
    page = client.get(address(wave)).text
    assert ("hidden by HR: 1" in page, "Told by the lawyer." in page, "warm" in page) == (True, True, False)


def test_leaders_see_how_many_are_hidden_and_not_why(client, wave, tops_and_works):
    Comment.objects.filter(text__contains="south").update(hidden=True)
    CommentHiding.objects.create(
        wave=wave, division=tops_and_works[0]["South"], reason="insult", note="A reason.", hidden_at=wave.closes_at
    )
    read_as(client, "leader")
    page = client.get(address(wave)).text
    assert ("hidden by HR: 1" in page, "A reason." in page) == (True, False)


@pytest.mark.parametrize("role", ["leader", "auditor"])
def test_only_hr_can_hide_one(client, wave, role):
    read_as(client, role)
    comment = Comment.objects.first()
    assert client.post(hide_address(wave, comment), {"reason": "threat", "note": "No."}).status_code == 403
    assert not Comment.objects.filter(hidden=True).exists()


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"reason": "threat"},
        {"note": "Why."},
        {"reason": "dislike", "note": "Why."},
        {"reason": "threat", "note": "x" * 301},
    ],
)
def test_without_a_reason_nothing_is_hidden(client, wave, sent):
    read_as(client, "hr")
    assert client.post(hide_address(wave, Comment.objects.first()), sent).status_code == 422
    assert (Comment.objects.filter(hidden=True).count(), CommentHiding.objects.count()) == (0, 0)


def test_hiding_twice_keeps_one_reason(client, wave):
    read_as(client, "hr")
    comment = Comment.objects.first()
    for note in ("First.", "Second."):
        client.post(hide_address(wave, comment), {"reason": "insult", "note": note})
    assert [hiding.note for hiding in CommentHiding.objects.all()] == ["First."]


def test_a_comment_of_another_wave_or_none_leads_back(client, wave, tops_and_works):
    other = commented_wave(*tops_and_works, [], number=2, survey=wave.survey)
    read_as(client, "hr")
    for comment_wave, pk in ((other, Comment.objects.first().id), (wave, uuid.uuid4())):
        reply = client.get(reverse("comment-hiding-report", args=[comment_wave.id, pk]))
        assert (reply.status_code, reply["Location"]) == (302, address(comment_wave))


def test_no_page_changes_a_comment(client, wave):
    read_as(client, "hr")
    before = set(Comment.objects.values_list("id", "text"))
    comment = Comment.objects.first()
    sent = {"reason": "insult", "note": "Why.", "text": "Changed.", "comment": "Changed."}
    client.post(hide_address(wave, comment), sent)
    assert client.post(address(wave), sent).status_code == 405
    assert set(Comment.objects.values_list("id", "text")) == before
