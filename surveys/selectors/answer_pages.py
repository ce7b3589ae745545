"""The stored answer page of one link: what a GET reads, by one statement that is not composed again for each."""

import datetime as dt
from typing import NamedTuple

from django.db import connection
from django.utils import timezone

from surveys.ballot import tokens

# By the person's language, group and department; nothing for a link that cannot be answered now, or by somebody for
# whom nothing is stored.
_PAGE = """
    SELECT page.language, page.content, page_group.content, offered.choices, offered.suggested, wave.closes_at,
        wave.trustee_key_id IS NOT NULL
    FROM surveys_invitation invitation
    JOIN surveys_wave wave ON wave.id = invitation.wave_id
    JOIN surveys_employee employee ON employee.id = invitation.employee_id
    JOIN surveys_answerpage page ON page.wave_id = wave.id AND page.language = employee.language
    JOIN surveys_answerpagegroup page_group
        ON page_group.group_id = invitation.group_id AND page_group.language = employee.language
    JOIN surveys_offeredcounterparts offered
        ON offered.wave_id = wave.id AND offered.department_id = employee.department_id
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
            if row := cursor.fetchone():
                page = StoredPage(*row)
                # SQLite hands out what it was given: UTC without its name.
                closes_at = (
                    page.closes_at if timezone.is_aware(page.closes_at) else page.closes_at.replace(tzinfo=dt.UTC)
                )
                return page._replace(closes_at=closes_at)
    return None
