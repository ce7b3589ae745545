"""Keeping what the answer page is put together from, as it is at opening."""

from collections import defaultdict
from collections.abc import Mapping

from surveys.models import AnswerPage, AnswerPageGroup, Collaboration, OfferedCounterparts, ReportingGroup, Wave
from surveys.rules.limits import BATCH_SIZE
from surveys.selectors.counterparts import peopled_departments


def freeze_counterparts(wave: Wave) -> None:
    """Stores for each department with people whom they can rate, and who is suggested to them."""
    peopled = peopled_departments()
    mapped = defaultdict(list)
    ranked = Collaboration.objects.order_by("rank", "counterpart_id").values_list("department_id", "counterpart_id")
    for department, counterpart in ranked:
        mapped[department].append(counterpart)
    offered = {
        department: peopled.offered_to(department, parent, mapped[department])
        for parent, departments in peopled.below.items()
        for department in departments
    }
    OfferedCounterparts.objects.bulk_create(
        (
            OfferedCounterparts(
                wave=wave,
                department_id=department,
                choices=choices.departments,
                suggested=choices.suggested,
                more=choices.more,
            )
            for department, choices in offered.items()
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
