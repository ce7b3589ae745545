"""The answer page, made at opening for every language of the company, and put together when a link is opened.

What differs from link to link, or may change while the wave is open, is a part: its name is between two marks in the
stored page. The page is never made, or kept, because somebody looked: that would say which languages are read. What a
process keeps is a wave's closing time, worded in all of them at once.
"""

import datetime as dt
import json
import re
import uuid
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.core.files.storage import Storage, storages
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.formats import date_format
from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.timezone import localtime

from surveys.forms.answer import AnswerForm
from surveys.forms.counterpart import NO_DEPARTMENT
from surveys.forms.departments import choose, department_options
from surveys.models import Invitation, OfferedCounterparts, Wave
from surveys.rules.limits import RATINGS_PER_PERSON
from surveys.selectors.answer_pages import StoredPage
from surveys.selectors.answering import choices_of, departments_by_group
from surveys.selectors.counterparts import CounterpartChoices
from surveys.services.answer_pages import store_page

# No text has this character, or it is taken out: HTML has no use for it.
_MARK = "\x1f"
# As many as are open on one day, and some.
_WAVES = 16


def make_pages(wave: Wave) -> None:
    """Makes and stores the page of a wave that is being opened."""
    # Any department's will do: the page of each has as many places for ratings, and a search or none.
    offered = OfferedCounterparts.objects.filter(wave=wave).first()
    choices = choices_of(offered) if offered else CounterpartChoices()
    groups = departments_by_group(wave)
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            reported = {group: reported_text(group, names) for group, names in groups.items()}
            store_page(wave=wave, language=language, content=_content(wave, choices, language), reported=reported)


def assemble(page: StoredPage) -> str:
    """The page of one link. What is put in is worded in the language that is active, which must be the page's."""
    pieces = page.content.split(_MARK)
    parts = _parts(page)
    pieces[1::2] = [parts[name] for name in pieces[1::2]]
    return "".join(pieces)


def closing_time(closes_at: dt.datetime) -> dict[str, str]:
    """By the company's clock, with the zone's name: by the clock of each reader, pages would differ."""
    local = localtime(closes_at)
    return {"moment": date_format(local, "DATETIME_FORMAT"), "zone": date_format(local, "T")}


def reported_text(group: Any, departments: tuple[str, ...]) -> SafeString:
    """With whom a group's answers are reported; `departments` are all of the group by name."""
    return render_to_string("surveys/answer_reported.html", {"group": group, "group_departments": departments})


def _content(wave: Wave, choices: CounterpartChoices, language: str) -> str:
    """The page as it is rendered for a form that nobody has filled in, with marks in the place of parts."""
    # No text can have it while the page is rendered; one could have the mark that is stored.
    secret = uuid.uuid4().hex

    def mark(name: str) -> str:
        return f"{secret}{name}{secret}"

    invitation = Invitation(wave=wave)
    form = AnswerForm(None, invitation=invitation, choices=choices, language=language)
    for slot in form.counterparts:
        slot.fields["department"].widget.mark = mark(f"options_{slot.number}")
    context: dict[str, Any] = {name: mark(name) for name in ("icon", "style", "organisation", "reported", "seal")}
    context["closing"] = {name: mark(name) for name in ("moment", "zone")}
    page = render_to_string("surveys/answer_page.html", context | {"invitation": invitation, "form": form})
    return re.sub(f"{secret}(\\w+?){secret}", rf"{_MARK}\1{_MARK}", page.replace(_MARK, ""))


def _parts(page: StoredPage) -> Mapping[str, str]:
    seal = {"trustee": page.has_trustee, "key_apart": settings.KEY_APART}
    fixed = {
        "organisation": escape(settings.ORGANISATION),
        "reported": page.reported,
        "seal": render_to_string("surveys/answer_seal.html", seal),
    }
    shared = _shared_parts(page.closes_at, settings.TIME_ZONE, storages["staticfiles"])
    return {**fixed, **shared[page.language], **_options(page)}


@lru_cache(_WAVES)
def _shared_parts(closes_at: dt.datetime, _time_zone: str, files: Storage) -> Mapping[str, Mapping[str, str]]:
    """What is the same for all links of a wave, by language. In all languages at once: which are read is not kept."""
    addresses = {"icon": files.url("surveys/favicon.svg"), "style": files.url("surveys/answer.css")}
    parts = {}
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            parts[language] = addresses | closing_time(closes_at)
    return parts


def _options(page: StoredPage) -> dict[str, str]:
    """The departments to choose from, for each place on the page."""
    options = department_options([NO_DEPARTMENT, *json.loads(page.choices)])
    suggested = json.loads(page.suggested)
    return {
        f"options_{number}": choose(options, str(suggested[number - 1]) if number <= len(suggested) else "")
        for number in range(1, RATINGS_PER_PERSON + 1)
    }
