"""Why the answers of a past survey are not taken in although their file is sound: codes, and their sentences."""

import datetime as dt
from collections.abc import Mapping
from enum import StrEnum


class ImportRefusal(StrEnum):
    """What is in the way of a wave that was run elsewhere."""

    IN_THE_FUTURE = "in_the_future"
    TOO_LONG_AGO = "too_long_ago"
    TOO_FEW_ANSWERS = "too_few_answers"
    ALREADY_IMPORTED = "already_imported"
    LATER_WAVE_COUNTED = "later_wave_counted"
    WAVE_RUNNING = "wave_running"
    ASKED_TOO_CLOSELY = "asked_too_closely"


SENTENCES: Mapping[ImportRefusal, str] = {
    ImportRefusal.IN_THE_FUTURE: "{closed_on} is yet to come. Give the day on which the survey ended.",
    ImportRefusal.TOO_LONG_AGO: "{closed_on} is too long ago. Give the day on which the survey ended.",
    ImportRefusal.TOO_FEW_ANSWERS: (
        "The file has answers of {respondents} people; at least {needed} are needed to keep them anonymous."
    ),
    ImportRefusal.ALREADY_IMPORTED: "A wave of “{survey}” that closed on {closed_on} was imported before.",
    ImportRefusal.LATER_WAVE_COUNTED: (
        "Wave {number} of “{survey}” closed on {counted_on} already. Import past surveys in the order of their dates, "
        "the earliest first, and all of them before the survey's own first wave is counted; or import them into a "
        "survey of their own."
    ),
    ImportRefusal.WAVE_RUNNING: "Wave {number} of “{survey}” opened before {closed_on}: close it first.",
    ImportRefusal.ASKED_TOO_CLOSELY: (
        "Wave {number} of “{survey}” asked people of the same departments within {weeks} weeks of {closed_on}. Read "
        "beside it, figures could tell one person's answers."
    ),
}


def explain_refusal(code: ImportRefusal, arguments: Mapping[str, int | str | dt.date]) -> str:
    """Why, and what to do. KeyError where an argument is missing."""
    return SENTENCES[code].format(**arguments)
