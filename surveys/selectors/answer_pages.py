"""The stored answer page of one link: what a GET reads, by one statement that is not composed again for each."""

import datetime as dt
from typing import NamedTuple

from django.db import connection

from surveys.ballot import tokens
from surveys.selectors.answering import in_utc

# By the person's language, group and department; nothing for a link that cannot be answered now. The parts are asked
# for one by one: to plan a join of all tables takes the server many times what reading the rows does.
_PAGE = """
    SELECT employee.language,
        (SELECT content FROM surveys_answerpage WHERE wave_id = wave.id AND language = employee.language),
        (SELECT content FROM surveys_answerpagegroup
            WHERE group_id = invitation.group_id AND language = employee.language),
        (SELECT choices FROM surveys_offeredcounterparts
            WHERE wave_id = wave.id AND department_id = employee.department_id),
        (SELECT suggested FROM surveys_offeredcounterparts
            WHERE wave_id = wave.id AND department_id = employee.department_id),
        wave.closes_at, wave.trustee_key_id IS NOT NULL
    FROM surveys_invitation invitation
    JOIN surveys_wave wave ON wave.id = invitation.wave_id
    JOIN surveys_employee employee ON employee.id = invitation.employee_id
    WHERE invitation.token_hash = %s AND wave.state = 'open' AND NOT invitation.answered
"""


class StoredPage(NamedTuple):
    """What the page of one link is put together from."""

    # Of the person.
    language: str
    # The page with marks where the rest goes.
    content: str
    # With whom the person is reported, as HTML.
    reported: str
    # [id, name] of the departments to choose from, as JSON.
    choices: str
    # The ids of those that are chosen at first, as JSON.
    suggested: str
    closes_at: dt.datetime
    has_trustee: bool


def stored_page(address: str) -> StoredPage | None:
    """None where the link cannot be answered now, or nothing is stored for it.

    `address` is what follows `/a/`: the token, and what mail programs have made of it.
    """
    with connection.cursor() as cursor:
        for token in tokens.possible_tokens(address):
            cursor.execute(_PAGE, [tokens.fingerprint(token)])
            row = cursor.fetchone()
            # Of the columns only those that are looked up can be empty: nothing is stored for the person.
            if row and None not in row:
                page = StoredPage(*row)
                return page._replace(closes_at=in_utc(page.closes_at))
    return None
