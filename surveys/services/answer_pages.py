"""Keeping what the answer page is put together from, as it is at opening."""

from collections import defaultdict
from collections.abc import Mapping

from surveys.models import AnswerPage, AnswerPageGroup, Collaboration, OfferedCounterparts, ReportingGroup, Wave
from surveys.rules.limits import BATCH_SIZE, LISTED_COUNTERPARTS, RATINGS_PER_PERSON
from surveys.selectors.answering import peopled_departments


def freeze_counterparts(wave: Wave) -> None:
    """Stores for each department with people whom they can rate, and who is suggested to them.

    Not for a company with more departments than a page lists: its pages are made when they are asked for.
    """
    peopled = list(peopled_departments().order_by("name").values_list("id", "name", "parent_id"))
    if len(peopled) - 1 > LISTED_COUNTERPARTS:
        return
    mapped = defaultdict(list)
    ranked = Collaboration.objects.order_by("rank", "counterpart_id").values_list("department_id", "counterpart_id")
    for department, counterpart in ranked:
        mapped[department].append(counterpart)
    with_people = {id_ for id_, _, _ in peopled}
    below = defaultdict(list)
    for id_, _, parent in peopled:
        below[parent].append(id_)
    OfferedCounterparts.objects.bulk_create(
        (
            OfferedCounterparts(
                wave=wave,
                department_id=own,
                choices=[(id_, name) for id_, name, _ in peopled if id_ != own],
                suggested=_suggested(own, [id_ for id_ in mapped[own] if id_ in with_people], below[parent]),
            )
            for own, _, parent in peopled
        ),
        batch_size=BATCH_SIZE,
    )


def store_page(*, wave: Wave, language: str, content: str, reported: Mapping[ReportingGroup, str]) -> None:
    """`content` is the page, `reported` what it says to each group."""
    AnswerPage.objects.create(wave=wave, language=language, content=content)
    AnswerPageGroup.objects.bulk_create(
        (AnswerPageGroup(group=group, language=language, content=text) for group, text in reported.items()),
        batch_size=BATCH_SIZE,
    )


def _suggested(own: int, mapped: list[int], siblings: list[int]) -> list[int]:
    """Whom the department works with, by rank; else its neighbours under the same parent."""
    return (mapped or [id_ for id_ in siblings if id_ != own])[:RATINGS_PER_PERSON]
