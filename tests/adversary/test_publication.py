"""All that a wave publishes taken together tells no more than one of it; and of the few, nothing is there to tell."""

import json
import re
from collections import Counter

import pytest
from django.urls import reverse

from diagnostics.exports.report import to_document
from diagnostics.models import Digest, Score
from surveys.choices import Role
from surveys.models import Comment, CounterpartRating, Department, ReportingGroup, Response, StaffUser
from surveys.rules.limits import MIN_GROUP_SIZE
from tests.adversary.published import (
    ANSWERING,
    cells_of,
    lines_of,
    printed,
    respondents_of,
    small_company,
    snapshots,
    wave,
)

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def survey():
    StaffUser.objects.create_user("leader@example.com", "x", name="Leader", role=Role.LEADER)
    return small_company()


@pytest.fixture
def closed(survey, tmp_path):
    return wave(survey, tmp_path)


@pytest.fixture
def partly_suppressed(survey, tmp_path):
    return wave(survey, tmp_path, answering=ANSWERING | {"Care": 8}, blank=["Care"])


def test_no_group_of_one_to_four_answers_is_stored_apart(closed):
    opened = set(ReportingGroup.objects.filter(wave=closed, merged__isnull=True).values_list("name", flat=True))
    assert len(opened) >= 4, "there were small groups to be merged"
    stored = Counter(Response.objects.filter(wave=closed).values_list("group__name", flat=True))
    assert min(stored.values()) >= MIN_GROUP_SIZE
    assert sum(stored.values()) == sum(ANSWERING.values())
    final = ReportingGroup.objects.filter(wave=closed, merged_into=None)
    assert {group.name for group in final} == set(stored)


def test_a_single_rater_of_a_counterpart_is_not_stored_and_twelve_are(closed):
    stored = Counter(CounterpartRating.objects.values_list("group", "division", "counterpart__name"))
    assert {name: count for (_, _, name), count in stored.items()} == {"Design": 12}


def test_comments_have_no_scope_where_one_division_has_few_answers(closed):
    assert Comment.objects.count() == sum(ANSWERING.values())
    assert set(Comment.objects.values_list("division", flat=True)) == {None}


def test_every_published_figure_is_of_five_people_or_more(partly_suppressed):
    ((_, nodes),) = snapshots()
    assert any(respondents_of(node) < MIN_GROUP_SIZE for node in nodes), "there was one that must be suppressed"
    shown = [node for node in nodes if node.scores.filter(status="published").exists()]
    assert shown
    assert min(respondents_of(node) for node in shown) >= MIN_GROUP_SIZE


def test_page_command_and_both_exports_have_the_same_figures(partly_suppressed, client):
    document = json.loads(printed("json"))
    cells, lines = cells_of(document), lines_of(printed("csv"))
    assert {key: lines[key] for key in cells} == cells
    beyond = {key for key in set(lines) - set(cells) if lines[key][0] == "published"}
    assert {measure.partition("_")[0] for _, measure in beyond} <= {"pair", "response"}
    client.force_login(StaffUser.objects.create_user("hr@example.com", "x", name="HR", role=Role.HR))
    page = client.get(reverse("report"))
    assert to_document(page.context["page"].report) == document
    stored = {
        (score.group.key, score.measure): score.status == "published"
        for score in Score.objects.select_related("group")
        if (score.group.key, score.measure) in cells
    }
    assert {key: cell[0] == "published" for key, cell in cells.items()} == stored


def test_what_the_document_suppresses_has_no_figure_in_table_or_mail(partly_suppressed):
    document = json.loads(printed("json"))
    table = printed("table")
    mail = Digest.objects.get()
    mailed = {tuple(map(int, figures)) for figures in re.findall(r"Index (\d+), likely (\d+) to (\d+)", mail.text)}
    rows = (document["company"], *document["divisions"], *document["groups"])
    assert mailed
    assert mailed <= {(row["index"], row["low"], row["high"]) for row in rows if row["status"] == "published"}
    suppressed = {row["name"] for row in document["groups"] if row["status"] == "suppressed"}
    assert "Care" in suppressed
    assert suppressed == {row["name"] for row in document["groups"] if re.search(rf"{row['name']} +suppressed ", table)}


def test_a_leader_of_a_part_sees_the_same_cells_or_none(partly_suppressed, client):
    whole = cells_of(json.loads(printed("json")))
    leader = StaffUser.objects.create_user("north@example.com", "x", name="North", role=Role.LEADER)
    leader.departments.set([Department.objects.get(name="North")])
    client.force_login(leader)
    part = cells_of(to_document(client.get(reverse("report")).context["page"].report))
    # The company itself is outside the leader's part: its row is there, without a figure.
    assert {cell[:2] for key, cell in part.items() if key not in whole} == {("suppressed", "outside")}
    assert {key: whole[key] for key in part if key in whole} == {key: part[key] for key in part if key in whole}
    assert {cell[0] for cell in part.values()} == {"suppressed", "published"}


def test_a_change_is_the_difference_of_two_published_figures(survey, tmp_path):
    wave(survey, tmp_path)
    first = cells_of(json.loads(printed("json")))
    wave(survey, tmp_path, answering=ANSWERING | {"Buying": 8, "Care": 7, "Events": 7, "Solo": 9}, seed=2)
    second = cells_of(json.loads(printed("json")))
    assert len(second) > len(first), "a group that was suppressed before is published alone now"
    changes = {key: cell for key, cell in second.items() if cell[-1] is not None}
    assert changes
    for key, cell in changes.items():
        assert first[key][0] == cell[0] == "published"
        assert cell[-1] == cell[2] - first[key][2]
    assert {key for key in set(second) - set(first) if second[key][-1] is not None} == set()
