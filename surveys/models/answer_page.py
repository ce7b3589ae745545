"""What the answer page of a link is put together from: made at opening, whether or not anybody will look.

Nothing here is about a person, and nothing changes while answers come in.
"""

from django.conf import settings
from django.db import models

from surveys.models.people import Department
from surveys.models.wave import ReportingGroup, Wave

_LANGUAGE_KNOWN = models.Q(language__in=[code for code, _ in settings.LANGUAGES])


class AnswerPage(models.Model):
    """What everybody who reads a language is shown of a wave's answer page."""

    wave = models.ForeignKey(Wave, models.CASCADE, related_name="answer_pages")
    # One of the company's, whether or not anybody reads it.
    language = models.CharField(max_length=8)
    # HTML with the names of the parts that are put in when it is sent, between marks (surveys.forms.answer_page).
    content = models.TextField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=("wave", "language"), name="answer_page_once"),
            models.CheckConstraint(condition=_LANGUAGE_KNOWN, name="answer_page_language_known"),
        ]


class AnswerPageGroup(models.Model):
    """The part of the page that says with whom a reporting group's answers are reported."""

    group = models.ForeignKey(ReportingGroup, models.CASCADE, related_name="answer_pages")
    # One of the company's, whether or not anybody reads it.
    language = models.CharField(max_length=8)
    # HTML.
    content = models.TextField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=("group", "language"), name="answer_page_group_once"),
            models.CheckConstraint(condition=_LANGUAGE_KNOWN, name="answer_page_group_language_known"),
        ]


class OfferedCounterparts(models.Model):
    """The departments that the people of one department can rate in a wave, as they were at its opening."""

    wave = models.ForeignKey(Wave, models.CASCADE, related_name="offered_counterparts")
    # Whose people choose.
    department = models.ForeignKey(Department, models.CASCADE, related_name="+")
    # [id, name] of each department that is listed to choose from, by name.
    choices = models.JSONField()
    # Whether there are more than are listed: the page then has a search.
    more = models.BooleanField(default=False)
    # The ids of those that are chosen at first, in the order of their places on the page.
    suggested = models.JSONField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=("wave", "department"), name="offered_counterparts_once")]
