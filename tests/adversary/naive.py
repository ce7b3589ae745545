"""What Faultline is not: answers in one table, who has answered in another, and the link between them deleted.

Random ids, no timestamps, no foreign key: nothing that a reader of the two tables could object to.
"""

import random
import uuid

from django.db import connection, transaction

from surveys.audit.codes import AttackGoal
from surveys.audit.evidence.pages import install_pageinspect, page_marks
from surveys.audit.evidence.rows import row_marks
from surveys.audit.joins import Electorate, attack
from tests.threads import at_once

GROUPS = [size for size in (1, 2, 4, 7, 12, 18, 25, 31, 40) for _ in range(3)]
_TABLES = """
    DROP TABLE IF EXISTS naive_participant, naive_response;
    CREATE TABLE naive_participant (id uuid PRIMARY KEY, token_hash bytea NOT NULL, answered boolean NOT NULL);
    CREATE TABLE naive_response (id uuid PRIMARY KEY, grp integer NOT NULL, answers bytea NOT NULL);
"""


def vote(participant, group, answers, *, together):
    """One person's answer: both rows in one transaction, or in two, one after the other."""
    steps = (
        ("UPDATE naive_participant SET answered = true, token_hash = '' WHERE id = %s", [participant]),
        ("INSERT INTO naive_response VALUES (%s, %s, %s)", [uuid.uuid4(), group, answers]),
    )
    with connection.cursor() as cursor:
        if together:
            with transaction.atomic():
                for statement, values in steps:
                    cursor.execute(statement, values)
        else:
            for statement, values in steps:
                cursor.execute(statement, values)


def company(*, together, number=8, begin=lambda: None):
    """Everybody answers, so many at a time; who gave which answers, as the judge knows it."""
    people = [(uuid.uuid4(), group) for group, size in enumerate(GROUPS) for _ in range(size)]
    random.Random(1).shuffle(people)
    with connection.cursor() as cursor:
        cursor.execute(_TABLES)
        cursor.executemany(
            "INSERT INTO naive_participant VALUES (%s, %s, false)", [(person, person.bytes) for person, _ in people]
        )

    begin()

    def answer(first):
        for place in range(first, len(people), number):
            person, group = people[place]
            vote(person, group, place.to_bytes(12), together=together)

    at_once(number, answer)
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, grp, answers FROM naive_response")
        rows = cursor.fetchall()
    row_of = {people[int.from_bytes(given)][0].hex: row.hex for row, _, given in rows}
    return Electorate(AttackGoal.ANSWERS, row_of, {row.hex: str(group) for row, group, _ in rows})


def attacked(electorate):
    """By the live tables and their pages, with the product's own program."""
    install_pageinspect()
    people = row_marks("naive_participant") + page_marks("naive_participant", list(electorate.row_of))
    answers = row_marks("naive_response") + page_marks("naive_response", list(electorate.cell_of_row))
    return attack(electorate, people, answers)
