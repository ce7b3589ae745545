"""Planning a remedy, and keeping it up to date. The forms only check; diagnostics.services.remedying stores."""

from collections.abc import Mapping
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Column, Fieldset, Layout, Row
from django import forms

from diagnostics.choices import COMPANY_KEY, GroupKind, RemedyCode, RemedyState
from diagnostics.models import GroupScore, Remedy
from diagnostics.models.remedy import ALREADY_PLANNED, PLACES
from diagnostics.remedies.playbook import BY_CODE
from surveys.choices import Role
from surveys.forms.buttons import form_buttons
from surveys.models import StaffUser, Survey

_OWNER = "Choose a member of staff, or write a name."


class ChangeForm(forms.ModelForm):
    """All but what the effect rests on: the remedy itself and its two sides stay as they were planned."""

    action = "Save changes"

    conditions_met = forms.TypedMultipleChoiceField(
        coerce=int, required=False, widget=forms.CheckboxSelectMultiple, label="Conditions met"
    )

    class Meta:
        model = Remedy
        fields = (
            "title",
            "reason",
            "first_owner",
            "first_owner_name",
            "first_owner_email",
            "second_owner",
            "second_owner_name",
            "second_owner_email",
            "starts_on",
            "ends_on",
            "steps",
            "conditions_met",
            "state",
        )
        labels = {"reason": "Why", "starts_on": "Starts on", "ends_on": "Ends on"}
        help_texts = {
            "reason": "Shown to readers who may see both departments.",
            "steps": "What is done, by whom and by when; later also the result. Both leaders can read it.",
            "ends_on": "Leave empty until it is done.",
        }
        widgets = {
            "starts_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "ends_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "reason": forms.Textarea(attrs={"rows": 3}),
            "steps": forms.Textarea(attrs={"rows": 8}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        staff = StaffUser.objects.filter(is_active=True).exclude(role=Role.AUDITOR)
        for place in PLACES:
            self.fields[f"{place}_owner"].queryset = staff  # type: ignore[attr-defined]
            self.fields[f"{place}_owner"].empty_label = "No member of staff"  # type: ignore[attr-defined]
            self.fields[f"{place}_owner"].label = f"Owner in {self._side_name(place)}"
            self.fields[f"{place}_owner_name"].label = "Or a name"
            self.fields[f"{place}_owner_email"].label = "Their email"
        conditions = BY_CODE[self.instance.code].conditions if self.instance.code else _ALL_CONDITIONS
        self.fields["conditions_met"].choices = list(enumerate(conditions))  # type: ignore[attr-defined]
        if not conditions:
            del self.fields["conditions_met"]
        self.helper = FormHelper()
        self.helper.layout = self._layout()

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        for place in PLACES:
            self._check_owner(data, place, needed=place == "first" or self._keys(data)[1] != COMPANY_KEY)
        self._check_dates(data)
        self._check_conditions(data)
        self._check_once(data)
        return data

    def _check_dates(self, data: Mapping[str, Any]) -> None:
        starts, ends = data.get("starts_on"), data.get("ends_on")
        if starts and ends and ends < starts:
            self.add_error("ends_on", "A remedy cannot end before it starts.")
        if data.get("state") == RemedyState.DONE and not ends and "ends_on" not in self.errors:
            self.add_error("ends_on", "Enter when it ended. The effect is measured from the dates.")

    def _check_conditions(self, data: dict[str, Any]) -> None:
        """A remedy begins when all its conditions are met; one without conditions stores none."""
        conditions = BY_CODE[code].conditions if (code := self._code(data)) else ()
        begun = data.get("state") in (RemedyState.RUNNING, RemedyState.DONE)
        if begun and len(data.get("conditions_met", ())) < len(conditions):
            self.add_error("state", "A remedy starts when all its conditions are met. Tick them, or leave it planned.")
        if not conditions and "conditions_met" in data:
            data["conditions_met"] = []

    def _check_once(self, data: Mapping[str, Any]) -> None:
        """The same remedy of the same two, in either order, is planned or running once."""
        keys, going = self._keys(data), (RemedyState.PLANNED, RemedyState.RUNNING)
        same = Remedy.objects.filter(survey=self.instance.survey, code=self._code(data), state__in=going)
        there = any(
            same.exclude(pk=self.instance.pk).filter(first_key=first, second_key=second).exists()
            for first, second in (keys, keys[::-1])
        )
        if there and data.get("state") in going:
            field = "code" if "code" in self.fields else "state"
            self.add_error(field, ALREADY_PLANNED)

    def _check_owner(self, data: dict[str, Any], place: str, *, needed: bool) -> None:
        owner, name, email = (data.get(f"{place}_owner{part}") for part in ("", "_name", "_email"))
        if owner and (name or email):
            self.add_error(f"{place}_owner", f"{_OWNER} Not both.")
        elif email and not name:
            self.add_error(f"{place}_owner_name", "Whose email is it? Write the name too.")
        elif needed and not owner and not name and f"{place}_owner_name" not in self.errors:
            self.add_error(f"{place}_owner", f"Each department needs an owner. {_OWNER}")

    def _side_name(self, place: str) -> str:
        return str(getattr(self.instance, f"{place}_name"))

    def _keys(self, _data: Mapping[str, Any]) -> tuple[str, str]:
        return self.instance.first_key, self.instance.second_key

    def _code(self, _data: Mapping[str, Any]) -> str:
        return self.instance.code

    def _layout(self) -> Layout:
        return Layout(
            *self._top(),
            *(Fieldset(f"Owner in {self._side_name(place)}", *_owner_rows(place)) for place in PLACES),
            Fieldset(
                "When",
                Row(
                    Column("starts_on", css_class="col-sm-4"),
                    Column("ends_on", css_class="col-sm-4"),
                    Column("state", css_class="col-sm-4"),
                ),
            ),
            Fieldset("Steps", "steps"),
            *([Fieldset("Before the start", "conditions_met")] if "conditions_met" in self.fields else []),
            form_buttons(self.action, cancel="'remedies'"),
        )

    def _top(self) -> list[Any]:
        return [Fieldset("What and why", "title", "reason")]


_ALL_CONDITIONS = next(remedy.conditions for remedy in BY_CODE.values() if remedy.conditions)


class PlanForm(ChangeForm):
    """A new remedy for a survey; `sides` are the groups of its newest report, by key."""

    action = "Plan remedy"

    code = forms.ChoiceField(choices=RemedyCode.choices, label="Remedy")
    first = forms.ChoiceField(label="Department")
    second = forms.ChoiceField(label="Together with", help_text="The other department, or the whole company.")

    def __init__(self, *args: Any, survey: Survey, sides: Mapping[str, GroupScore], **kwargs: Any) -> None:
        self.sides = sides
        super().__init__(*args, instance=Remedy(survey=survey), **kwargs)
        names = [(key, side.name) for key, side in sides.items() if side.kind != GroupKind.COMPANY]
        self.fields["first"].choices = [("", "Choose"), *names]  # type: ignore[attr-defined]
        whole = [
            (key, f"The whole company ({side.name})") for key, side in sides.items() if (key, side.name) not in names
        ]
        self.fields["second"].choices = [("", "Choose"), *names, *whole]  # type: ignore[attr-defined]
        self.fields["title"].required = False
        self.fields["title"].help_text = "Leave empty to use the name of the remedy."
        self.fields["conditions_met"].label = "Conditions met (shared figures only)"

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        first, second = (self.sides.get(data.get(place, "")) for place in PLACES)
        if first and second and not set(first.departments).isdisjoint(second.departments) and second.key != COMPANY_KEY:
            self.add_error("second", "Both have people in common. Choose another department, or the whole company.")
        for place, side in zip(PLACES, (first, second), strict=True):
            if side:
                setattr(self.instance, f"{place}_key", side.key)
                setattr(self.instance, f"{place}_name", side.name)
                setattr(self.instance, f"{place}_departments", side.departments)
        self.instance.code = data.get("code", "")
        if self.instance.code and not data.get("title"):
            data["title"] = BY_CODE[self.instance.code].title
        return data

    def _side_name(self, place: str) -> str:
        given = self.data.get(place) if self.is_bound else self.get_initial_for_field(self.base_fields[place], place)
        side = self.sides.get(given or "")
        return side.name if side else f"the {place} department"

    def _keys(self, data: Mapping[str, Any]) -> tuple[str, str]:
        return data.get("first", ""), data.get("second", "")

    def _code(self, data: Mapping[str, Any]) -> str:
        return data.get("code", "")

    def _top(self) -> list[Any]:
        pair = Row(Column("first", css_class="col-sm-6"), Column("second", css_class="col-sm-6"))
        return [Fieldset("What and why", "code", "title", pair, "reason")]


def _owner_rows(place: str) -> list[Any]:
    free = Row(
        Column(f"{place}_owner_name", css_class="col-sm-6"), Column(f"{place}_owner_email", css_class="col-sm-6")
    )
    return [f"{place}_owner", free]
