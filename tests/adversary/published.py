"""Companies whose groups are so small, or so silent, that much must stay suppressed; and what is published of them."""

import csv
import io
import json
import random
from dataclasses import replace

from django.core.management import call_command

from config.demo import company as demo
from config.demo import respondents
from diagnostics.models import GroupScore, Score, Snapshot
from diagnostics.services import scoring
from surveys.ballot.sealing import Rating
from surveys.models import Collaboration, Department, Employee, ReportingGroup, Response
from surveys.rules.limits import MISSING
from surveys.selectors.key_authenticity import keys_of
from surveys.services.answering import cast_ballot
from tests.company import ballot_for, cast, close, invitations, make_people, make_survey, open_next

# name: (parent, people); South and Solo are so small a part that no figure is of them alone.
SMALL = {
    "North": (None, 0),
    "Assembly": ("North", 20),
    "Buying": ("North", 12),
    "Care": ("North", 9),
    "South": (None, 0),
    "Design": ("South", 14),
    "Events": ("South", 8),
    "Solo": (None, 10),
}
ANSWERING = {"Assembly": 12, "Buying": 3, "Care": 1, "Design": 9, "Events": 4, "Solo": 2}
# rater: (rated, how many of those who answer rate it)
RATING = {"Assembly": ("Design", 12), "Design": ("Assembly", 1), "Buying": ("Events", 2), "Solo": ("Care", 2)}


def small_company():
    make_people(SMALL)
    return make_survey()


def wave(survey, keys, *, answering=ANSWERING, blank=(), seed=1):
    """Opened, answered by so many of each department, closed and scored.

    Of the departments in `blank` every second one answers no question and leaves a comment only.
    """
    opened, chance = open_next(survey, keys), random.Random(seed)
    for name, count in answering.items():
        rated, raters = RATING.get(name, ("", 0))
        for number, invitation in enumerate(invitations(opened, name, count)):
            ratings = [Rating(Department.objects.get(name=rated).pk, bytes([0, 1, 2, 3]))] if number < raters else []
            ballot = ballot_for(invitation, chance=chance, comment=f"{name} {number} says so.", ratings=ratings)
            if name in blank and number % 2:
                ballot = replace(ballot, answers=bytes([MISSING]) * len(ballot.answers))
            cast_ballot(invitation_id=invitation.id, keys=keys_of(opened), ballot=ballot)
    close(opened, keys)
    scoring.score(wave_id=opened.id)
    return opened


def demo_company(keys, *, waves):
    """The demo's departments, people and counterparts, with its rates of answering; the answers are drawn again."""
    made = {}
    for name, parent, _ in demo.DEPARTMENTS:
        made[name] = Department.objects.create(name=name, parent=made.get(parent))
    everybody = demo.people()
    Employee.objects.bulk_create(
        Employee(email=person.email, name=person.name, department=made[person.department]) for person in everybody
    )
    Collaboration.objects.bulk_create(
        Collaboration(department=made[rater], counterpart=made[rated]) for rater, rated in demo.COUNTERPARTS
    )
    survey, chance = make_survey(), random.Random(7)
    for number in range(1, waves + 1):
        opened = open_next(survey, keys)
        answering = {person.email for person in everybody if respondents.answers_before_reminder(person, number)}
        for invitation in opened.invitations.select_related("wave", "employee"):
            if invitation.employee.email in answering:
                cast(invitation, chance=chance)
        close(opened, keys)
        scoring.score(wave_id=opened.id)
    return survey


def respondents_of(node):
    """How many people a published node's figures are made of, counted in the answers themselves."""
    rows = Response.objects.filter(wave=node.snapshot.wave).values_list("group__departments", "answers")
    return sum(set(bytes(given)) != {MISSING} and set(group) <= set(node.departments) for group, given in rows)


def people_of(wave, departments):
    """The headcount of some departments, which HR knows."""
    groups = ReportingGroup.objects.filter(wave=wave, merged_into=None)
    return sum(group.people for group in groups if set(group.departments) <= set(departments))


def suppressed_of(snapshot):
    """{measure: keys of the nodes whose figure is suppressed}, as it is stored."""
    suppressed = {}
    for score in Score.objects.filter(group__snapshot=snapshot).select_related("group"):
        suppressed.setdefault(score.measure, set())
        if score.status == "suppressed":
            suppressed[score.measure].add(score.group.key)
    return suppressed


def snapshots():
    return [
        (snapshot, list(GroupScore.objects.filter(snapshot=snapshot).select_related("parent")))
        for snapshot in Snapshot.objects.all()
    ]


def printed(form, **options):
    out = io.StringIO()
    call_command("report", format=form, stdout=out, **options)
    return out.getvalue()


def cells_of(document):
    """{(node, measure): (status, code of the reason, figures)} of the report as JSON."""
    found = {}
    for row in (document["company"], *document["divisions"], *document["groups"]):
        found[row["key"], "index"] = _cell(row, "index")
        shares = [share for share in (row["critical_mass"], row["communication"]) if share]
        for cell in (*row["signs"], *row["causes"], *shares):
            found[row["key"], cell["code"]] = _cell(cell, "value")
    return found


def bands_of(document):
    """{key: key of the node above} and {key: ends of the band of answers}, as a report has them."""
    rows = {row["key"]: row for row in (document["company"], *document["divisions"], *document["groups"])}
    low, high = "response_low", "response_high"
    bands = {key: (0, 4) if row[low] is None else (row[low], row[high]) for key, row in rows.items()}
    return {key: row["parent"] for key, row in rows.items()}, bands


def _cell(cell, figure):
    others = (cell[name] for name in ("low", "high", "outer_low", "outer_high", "change"))
    return cell["status"], cell["reason_code"], cell[figure], *others


def lines_of(text):
    """The same of the report as CSV; pairs of departments have their own measures there."""
    found = {}
    for line in csv.DictReader(io.StringIO(text)):
        figures = (line[name] for name in ("value", "low", "high", "outer_low", "outer_high", "change"))
        found[line["key"], line["measure"]] = (
            line["status"],
            line["reason_code"],
            *(_number(figure) for figure in figures),
        )
    return found


def _number(text):
    return json.loads(text) if text else None
