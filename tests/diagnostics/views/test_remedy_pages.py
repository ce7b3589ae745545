"""What the pages and the digest tell of remedies, and whom."""

import datetime as dt
import re
import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from diagnostics.models import Digest
from diagnostics.remedies import selectors as selectors_of_remedies
from diagnostics.remedies.proposals import propose
from diagnostics.report import selectors
from diagnostics.services.scoring import score
from surveys.models import Wave
from tests.diagnostics.remedied import NAMES, make_remedy, side, waves
from tests.diagnostics.report_pages import department_page, key_of, text
from tests.diagnostics.waves import close_wave, department, make_survey, spread
from tests.staff import make_staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def wave():
    return waves(1)[0]


def test_the_list_the_page_and_the_trend_show_the_effect(hr):
    first, _, third = waves(3, after=1)
    remedy = make_remedy(first)
    reply = hr.get(reverse("remedies"))
    assert "Monday meeting" in text(reply)
    assert '<span data-verdict="helped">Marketing: ' in reply.content.decode()
    effect = next(side.effect for side in reply.context["rows"][0].sides if side.name == "Marketing")
    assert effect.words in text(hr.get(reverse("remedy", args=[remedy.id])))
    reply = department_page(hr, third, "Marketing")
    assert effect.words in text(reply)
    assert "1 Monday meeting" not in text(reply)
    flags = reply.context["page"].trends[0].flags
    assert [(flag.number, flag.title) for flag in flags] == [(1, "13 Jan 2026: Monday meeting")]
    marks = reply.context["page"].trends[0].marks
    assert marks[0].x < flags[0].x < marks[1].x
    assert department_page(hr, first, "Marketing").context["page"].trends[0].flags == ()


def test_a_mark_goes_by_the_day_of_the_companys_clock(hr, settings):
    """In Tokyo it is the next day already when the wave opens, and the remedy begins on that day."""
    settings.TIME_ZONE = "Asia/Tokyo"
    first, _ = waves(2)
    opened = first.opens_at.replace(hour=20)
    Wave.objects.filter(id=first.id).update(opens_at=opened)
    make_remedy(first, starts_on=opened.date() + dt.timedelta(days=1))
    assert len(department_page(hr, first, "Marketing").context["page"].trends[0].flags) == 1
    settings.TIME_ZONE = "UTC"
    assert department_page(hr, first, "Marketing").context["page"].trends[0].flags == ()


def test_only_hr_plans_and_a_leader_reads_the_own(client):
    first = waves(1)[0]
    own, other = make_remedy(first), make_remedy(first, "Plant", "Stores", title="Elsewhere")
    client.force_login(make_staff("leader", departments=["Sales"]))
    page = text(client.get(reverse("remedies")))
    assert "Monday meeting" in page
    assert "Elsewhere" not in page
    assert "Plan a remedy" not in page
    answered = [client.get(reverse("remedy", args=[each.id])).status_code for each in (own, other)]
    assert answered == [200, 404]
    for path in (reverse("remedy-new", args=[first.id]), reverse("remedy-change", args=[own.id])):
        assert (client.get(path).status_code, client.post(path).status_code) == (403, 403)
    both = reverse("proposals-report", args=[first.id, key_of(first, "Sales"), key_of(first, "Plant")])
    assert client.get(both).status_code == 404
    client.force_login(make_staff("auditor"))
    assert client.get(reverse("remedies")).status_code == 403


def test_a_leader_and_hr_read_one_verdict_and_the_leader_no_other_name(client):
    first, _, third = waves(3, after=1)
    remedy = make_remedy(first)
    pages = (
        reverse("remedies"),
        reverse("remedy", args=[remedy.id]),
        reverse("department-report", args=[third.id, side(third, "Marketing").key]),
    )
    found = {}
    for role, departments in (("leader", ("Marketing",)), ("hr", ())):
        client.force_login(make_staff(role, departments=departments))
        found[role] = [text(client.get(path)) for path in pages]
    (row,) = selectors_of_remedies.remedies(within=None, measured=True)
    effect = next(each.effect for each in row.sides if each.name == "Marketing")
    assert effect.verdict == "helped"
    for pages_of_reader in found.values():
        assert [effect.words in page for page in pages_of_reader] == [False, True, True]
    assert f"Marketing: {effect.label}" in found["leader"][0]
    assert [name for name in NAMES[2:] if name in "".join(found["leader"])] == []
    # The names are there to be found: HR's report has them all.
    assert [name for name in NAMES[2:] if name in text(client.get(reverse("wave-report", args=[third.id])))] == [
        *NAMES[2:]
    ]


def test_a_remedy_that_is_only_planned_has_no_effect_in_the_list(hr, wave):
    make_remedy(wave, state="planned")
    assert 'class="muted not-started"' in hr.get(reverse("remedies")).content.decode()


def test_what_is_not_there_is_not_found(hr, wave):
    key = key_of(wave, "Sales")
    for path in (
        reverse("remedy", args=[uuid.uuid4()]),
        reverse("remedy-change", args=[uuid.uuid4()]),
        reverse("remedy-new", args=[uuid.uuid4()]),
        reverse("proposals-report", args=[wave.id, key, key]),
        reverse("proposals-report", args=[wave.id, key, "no-such-key"]),
        reverse("proposals-report", args=[uuid.uuid4(), key, "no-such-key"]),
    ):
        assert hr.get(path).status_code == 404


def test_before_the_first_remedy_the_list_leads_to_the_report(hr):
    assert 'data-first-step="first_wave"' in hr.get(reverse("remedies")).content.decode()


def test_names_and_steps_are_escaped(hr, wave):
    nasty = "<script>alert(1)</script>"
    remedy = make_remedy(wave, title=nasty, steps=nasty, reason=nasty, first_owner_name=nasty)
    for path in (reverse("remedies"), reverse("remedy", args=[remedy.id]), reverse("remedy-change", args=[remedy.id])):
        assert "<script" not in hr.get(path).content.decode()


def test_the_digest_tells_what_is_being_done_to_whom_it_concerns():
    for name, departments in (("all", ()), ("plant", ("Plant",))):
        user = make_staff("leader", email=f"{name}@example.com", name=name)
        user.departments.set(department(part) for part in departments)
    first = waves(1)[0]
    make_remedy(first)
    make_remedy(first, "Finance", "Quality", title="Only planned", state="planned")
    second = close_wave(
        first.survey, {department(n): (40, spread(20, 3, seed=p)) for p, n in enumerate(NAMES)}, number=2
    )
    score(wave_id=second.id)
    line = "Running remedy: Monday meeting (Marketing and Sales), since 13 Jan 2026."
    found = {digest.recipient.name: digest for digest in Digest.objects.filter(snapshot__wave__number=2)}
    assert found["all"].text.count(line) == 2
    assert line in found["all"].html
    assert "Only planned" not in found["all"].text
    assert "Monday meeting" not in found["plant"].text + found["plant"].html
    assert "Plant" in found["plant"].text


def proposed(digest, name):
    """What the digest says to do first, or next, in a department."""
    return re.search(rf"\* {name}\n.*?\n  ((?:First|Next): [^.]+)\.", digest.text, re.DOTALL)[1]


def test_the_digest_proposes_nothing_that_is_being_done_already():
    make_staff("leader", email="all@example.com", name="all")
    survey = make_survey()
    groups = {department(name): (40, spread(20, 3, seed=place)) for place, name in enumerate(NAMES)}
    first = close_wave(survey, groups)
    score(wave_id=first.id)
    row = next(group for group in selectors.report(first.id, within=None).groups if group.name == "Marketing")
    best, second = (proposal.remedy for proposal in propose(row, 1)[:2])
    make_remedy(first, code=best.code)
    score(wave_id=close_wave(survey, groups, number=2).id)
    old, new = Digest.objects.order_by("snapshot__wave__number")
    assert proposed(old, "Marketing") == f"First: {best.title}"
    assert proposed(new, "Marketing") == f"Next: {second.title}"


@pytest.mark.parametrize("size", [1, 6])
def test_the_number_of_queries_does_not_grow(hr, size):
    first, _, third = waves(3)
    for place in range(size):
        make_remedy(
            first,
            code=["joint_meeting", "role_charter", "shared_space"][place % 3],
            title=f"R{place}",
            first=["Marketing", "Plant"][place // 3],
        )
    counts = []
    for path in (reverse("remedies"), reverse("department-report", args=[third.id, side(third, "Marketing").key])):
        with CaptureQueriesContext(connection) as queries:
            assert hr.get(path).status_code == 200
        counts.append(len(queries))
    assert counts == [7, 19]
