"""Setting up a survey. The form only checks; surveys.services.setting_up stores."""

import datetime as dt
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Column, Div, Fieldset, Hidden, Layout, Row
from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format

from surveys.choices import Cadence, WaveState
from surveys.forms.buttons import form_buttons
from surveys.forms.rule import check_length, check_rule
from surveys.models import Instrument, Survey, Wave
from surveys.rules.limits import HIGHEST_TARGET, LOWEST_TARGET, MIN_GROUP_SIZE, MIN_TARGET_SIZE
from surveys.schedule.recurrence import opening_after
from surveys.schedule.spacing import check_spacing

# The hidden field by which HR says that it has read who would be left out.
SEEN = "seen"
# The place of the fieldset of the schedule in the layout.
_WHEN = 1
_SCHEDULE = ("cadence", "rule", "first_opens_on", "opening_hour", "days_open")
_REMINDERS = (
    (0, "None"),
    (1, "One: on the last working day before the end"),
    (2, "Two: half-way, and on the last working day"),
)


class SurveyForm(forms.ModelForm):
    """`now` is when the form was sent: a wave whose opening has passed by then opens only if that is confirmed."""

    at_once = forms.BooleanField(label="Open the wave at once", required=False)

    class Meta:
        model = Survey
        fields = (
            "name",
            "instrument",
            "audience",
            "cadence",
            "rule",
            "first_opens_on",
            "opening_hour",
            "days_open",
            "reminders",
            "min_group_size",
            "target_percent",
            "paused",
        )
        labels = {
            "audience": "Who is asked",
            "rule": "Own rule",
            "opening_hour": "Opening hour (0–23)",
            "min_group_size": "Fewest respondents for a figure",
            "target_percent": "Response target in percent",
            "paused": "Paused: no further wave opens",
        }
        help_texts = {
            "name": "Shown in reports and, while a wave is open, on the public page about anonymity.",
            "audience": "Leave empty to ask everybody. Choosing a department includes its sub-departments.",
            "rule": "For “Own rule” only: an iCalendar RRULE such as FREQ=WEEKLY;INTERVAL=6;BYDAY=TU.",
            "opening_hour": f"By the company’s clock ({settings.TIME_ZONE}).",
            "days_open": "A week is usual.",
            "reminders": "On working days at the opening hour, by each person’s clock, a day apart or more.",
            "min_group_size": f"{MIN_GROUP_SIZE} or more. Applies from the next wave.",
            "target_percent": f"While a wave is open, a department of {MIN_TARGET_SIZE} people or more is shown as "
            "below or at this target, refreshed each night; never a count. Applies from the next wave.",
        }
        widgets = {
            "first_opens_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "audience": forms.CheckboxSelectMultiple,
            "reminders": forms.Select(choices=_REMINDERS),
        }
        error_messages = {
            "name": {"unique": "There is a survey with this name already. Choose another name."},
            "min_group_size": {"min_value": f"Anonymity needs {MIN_GROUP_SIZE} respondents at least."},
            "target_percent": dict.fromkeys(
                ("min_value", "max_value"), f"Choose a target from {LOWEST_TARGET} to {HIGHEST_TARGET} percent."
            ),
        }

    def __init__(self, *args: Any, now: dt.datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.now = now
        if not self.instance.pk:
            self.initial.setdefault("instrument", Instrument.objects.order_by("pk").last())
        self.helper = FormHelper()
        self.helper.layout = _layout("Save changes" if self.instance.pk else "Create survey")

    def ask_again(self, fingerprint: str) -> None:
        """Before saving, HR reads what would come of it; sent again with this fingerprint, it is saved."""
        layout = self.helper.layout
        layout[-1] = _buttons("Save anyway")
        layout.append(Hidden(SEEN, fingerprint))

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        own = data.get("cadence") == Cadence.OWN
        if own and not data.get("rule"):
            self.add_error("rule", "Write the rule, or choose another cadence.")
        elif not own and data.get("rule"):
            self.add_error("rule", "Leave this empty, or choose the cadence “Own rule”.")
        if not self.errors:
            self._check_schedule(data)
        return data

    def _check_schedule(self, data: dict[str, Any]) -> None:
        """On a survey that is never saved. What is out of range by itself is found by the model's own validation."""
        survey = Survey(**{name: data[name] for name in _SCHEDULE})
        try:
            survey.clean_fields(exclude=set(self.fields) - set(_SCHEDULE))
        except forms.ValidationError:
            return
        field = "rule"
        try:
            if survey.rule:
                check_rule(survey.rule, dt.datetime.combine(survey.first_opens_on, dt.time(survey.opening_hour)))
                check_spacing(survey)
            field = "days_open"
            check_length(survey)
        except forms.ValidationError as error:
            self.add_error(field, error)
            return
        self._ask_if_past(survey, data)

    def _ask_if_past(self, survey: Survey, data: dict[str, Any]) -> None:
        """A wave whose hour has passed would open within a minute and mail everybody: HR must want it."""
        begun = self.instance.waves.exclude(state=WaveState.PLANNED) if self.instance.pk else Wave.objects.none()
        opens_at = opening_after(survey, begun.order_by("number").last())
        if opens_at is None or opens_at > self.now or data.get("paused"):
            return
        self.helper.layout[_WHEN].append("at_once")
        if not data.get("at_once"):
            passed = date_format(timezone.localtime(opens_at), "j F Y, H:i")
            self.add_error(
                "at_once",
                forms.ValidationError(
                    f"The opening on {passed} has passed. The wave would open within a minute and mail everybody who "
                    "is asked. Tick this box if you want that, or choose a later day.",
                    code="past",
                ),
            )


def _layout(action: str) -> Layout:
    return Layout(
        Fieldset("What is asked, and of whom", "name", "instrument", "audience"),
        Fieldset(
            "When",
            Row(Column("cadence", css_class="col-sm-6"), Column("rule", css_class="col-sm-6")),
            Row(Column("first_opens_on", css_class="col-sm-6"), Column("opening_hour", css_class="col-sm-6")),
            Row(Column("days_open", css_class="col-sm-6"), Column("reminders", css_class="col-sm-6")),
        ),
        Fieldset("Anonymity and participation", "min_group_size", "target_percent"),
        Fieldset("Pause", "paused"),
        _buttons(action),
    )


def _buttons(action: str) -> Div:
    return form_buttons(action, cancel="'surveys'")
