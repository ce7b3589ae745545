"""Somebody who reads two publications and knows who was asked: how well are the answers of one person known?

The attacker is HR. HR knows the roster and chose both audiences; of answers it has published figures alone.
"""

import datetime as dt
import json
import random

import numpy as np

from diagnostics.services import scoring
from surveys.ballot.sealing import Ballot
from surveys.models import Department, Employee, Invitation, Wave
from surveys.questions.answers_file import PastAnswers
from surveys.questions.questionnaire import freeze_past
from surveys.selectors.key_authenticity import keys_of
from surveys.selectors.obstacles import CannotOpenError
from surveys.services import importing, opening, scheduling
from surveys.services.answering import cast_ballot
from tests.adversary.published import printed
from tests.company import MONDAY, close, make_people

SIGNS = ("avoided_meetings", "formal_communication", "failed_projects", "communication_failures", "stagnation")
HOUR = dt.timedelta(hours=1)
REFUSED = (CannotOpenError, importing.CannotImportError)
# A figure is a whole number, and pulled towards the others a little.
_NOISE = 0.5


class Company:
    """Fifteen departments of nine, of each of which somebody is a target, or of nine beside one of three."""

    def __init__(self, keys, departments, *, seed=3):
        self.keys, self.chance = keys, random.Random(seed)
        make_people(departments)
        people = Employee.objects.select_related("department").order_by("email")
        self.department_of = {person.email: person.department.name for person in people}
        places = {name: self.chance.uniform(20, 80) for name in departments}
        self.leaning = {
            email: {sign: self.chance.gauss(places[name], 25) for sign in SIGNS}
            for email, name in self.department_of.items()
        }
        # By person and sign what is answered, and what the attacker may look at.
        self.truth, self.publications = {}, []

    def people_of(self, department):
        return {email for email, name in self.department_of.items() if name == department}

    def answers(self, email, items):
        """One byte an item: the option that is nearest to what the person thinks."""
        given, values = [], {}
        for item in items:
            options = [option["value"] for option in item["options"]]
            leaning = self.leaning[email].get(item["scale"], 50)
            place = min(range(len(options)), key=lambda number: abs(options[number] - leaning))
            given.append(place)
            values.setdefault(item["scale"], []).append(options[place])
        self.truth[email] = {sign: sum(values[sign]) / len(values[sign]) for sign in SIGNS}
        return bytes(given)

    def run(self, survey, now=MONDAY, *, planned=False):
        """One wave, opened by hand unless it was `planned`: everybody who is asked answers; its figures come out."""
        if not planned:
            scheduling.begin_now(survey=survey, now=now)
        wave = survey.waves.get(state="planned")
        opening.open_wave(wave_id=wave.id, key_directory=self.keys)
        wave.refresh_from_db()
        asked = {}
        for invitation in Invitation.objects.filter(wave=wave).select_related("employee"):
            email = invitation.employee.email
            given = self.answers(email, wave.questionnaire["items"])
            pick = bytes([0]) if wave.questionnaire.get("pick_one") else b""
            cast_ballot(
                invitation_id=invitation.id,
                keys=keys_of(wave),
                ballot=Ballot(invitation.group_id, given + pick, (), ""),
            )
            asked[email] = self.department_of[email]
        close(wave, self.keys)
        self.publish(wave, asked)

    def take_in(self, survey, closed_on, without=()):
        """The answers of everybody but some, as a survey that was held elsewhere."""
        document = survey.instrument.document
        asked_of = [item["code"] for scale in document["scales"] if scale["code"] in SIGNS for item in scale["items"]]
        items = freeze_past(document, asked=asked_of, cadence=survey.cadence)["items"]
        rows, asked = {}, {}
        for email, name in self.department_of.items():
            if email not in without:
                rows.setdefault(name, []).append(self.answers(email, items))
                asked[email] = name
        done = importing.import_wave(
            survey=survey,
            answers=PastAnswers(tuple(asked_of), rows, 0, ()),
            headcounts={name: len(given) for name, given in rows.items()},
            closed_on=closed_on,
            today=closed_on,
        )
        self.publish(Wave.objects.get(id=done.wave_id), asked)

    def publish(self, wave, asked):
        scoring.score(wave_id=wave.id)
        self.publications.append((json.loads(printed("json", wave=str(wave.id))), asked))


def attempt(step, *arguments, **named):
    """A step that the product may refuse."""
    try:
        step(*arguments, **named)
    except REFUSED as refusal:
        print(f"refused: {refusal}")


def agreement(company, targets):
    """How the attacker's guesses agree with the truth (r), over targets and signs; 0 where nothing sets one apart.

    `targets` are pairs of sets of people: those who are looked for, and those beside them. What is published of all of
    these together says something of each; that is meant to be, and is taken away on both sides.
    """
    guesses, truths = [], []
    for sign in SIGNS:
        guess = _best_prediction(company, sign)
        for wanted, others in targets:
            guesses.append(guess(wanted) - guess(others))
            truths.append(_mean_truth(company, wanted, sign) - _mean_truth(company, others, sign))
    return float(np.corrcoef(guesses, truths)[0, 1]) if np.std(guesses) > 1e-6 else 0.0


def _mean_truth(company, people, sign):
    return np.mean([company.truth.get(email, company.leaning[email])[sign] for email in people])


def _best_prediction(company, sign):
    """The best linear prediction from all cells of all publications, of the mean of any people, of one sign."""
    people = sorted(company.department_of)
    prior = 30.0**2 * np.ones((len(people), len(people))) + 25.0**2 * np.eye(len(people))
    rows, values = [], []
    for document, asked in company.publications:
        for row, departments_of_row in _rows(document):
            found = next((cell["value"] for cell in row["signs"] if cell["code"] == sign), None)
            member = np.array([email in asked and asked[email] in departments_of_row for email in people], dtype=float)
            if found is not None and member.any():
                rows.append(member / member.sum())
                values.append(found)
    cells = np.array(rows)
    weights = prior @ cells.T @ np.linalg.inv(cells @ prior @ cells.T + _NOISE * np.eye(len(cells)))
    predicted = 50 + weights @ (np.array(values) - 50)
    place = {email: number for number, email in enumerate(people)}
    return lambda emails: float(np.mean([predicted[place[email]] for email in emails]))


def _rows(document):
    """Each row with the names of the departments whose people it counts."""
    below = {}
    for name, parent in Department.objects.values_list("name", "parent__name"):
        below.setdefault(parent, set()).add(name)
    everybody = set(Department.objects.values_list("name", flat=True))
    yield document["company"], everybody
    for row in document["divisions"]:
        yield row, {row["name"]} | below.get(row["name"], set())
    for row in document["groups"]:
        yield row, set(row["name"].split(", "))
