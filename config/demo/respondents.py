"""How the made-up people answer: by the state of their department and of the pair, by temper, and by chance."""

import random

from config.demo.company import SEED, DemoPerson

_BASE = 30.0
_TEMPER_SD = 12.0
_NOISE_SD = 20.0
_IN_CONFLICT = {"Marketing", "Sales"}
_SHARE_ANSWERING = 0.68
_SHARE_AFTER_REMINDER = 0.35

# What a department's people think of a scale beyond the base, in the first wave and with each one more.
_TROUBLE: dict[str, dict[str, tuple[float, float]]] = {
    "Marketing": {"*": (18.0, 6.0), "hostile_camps": (22.0, 6.0), "blame": (25.0, 5.0), "stagnation": (5.0, 2.0)},
    "Sales": {"*": (14.0, 5.0), "hostile_camps": (20.0, 5.0), "blame": (28.0, 4.0), "stagnation": (-4.0, 1.0)},
    "Research and Development": {"*": (0.0, 0.0), "stagnation": (42.0, 2.0), "busywork": (15.0, 1.0)},
    "Logistics": {"*": (30.0, -7.0)},
}


def answers_before_reminder(person: DemoPerson, wave: int) -> bool:
    return _chance(person, wave, "response").random() < _SHARE_ANSWERING - 0.01 * wave


def answers_after_reminder(person: DemoPerson, wave: int) -> bool:
    return _chance(person, wave, "reminder").random() < _SHARE_AFTER_REMINDER


def opinion(person: DemoPerson, wave: int, scale: str, item: str) -> float:
    """What the person would answer to one item of a scale, 0-100 with 100 = risk, before it is put on an option."""
    trouble = _TROUBLE.get(person.department, {})
    start, drift = trouble.get(scale, trouble.get("*", (0.0, 0.0)))
    temper = _chance(person, 0, "temper").gauss(0, _TEMPER_SD)
    return _BASE + start + drift * (wave - 1) + temper + _chance(person, wave, item).gauss(0, _NOISE_SD)


def opinion_of_counterpart(person: DemoPerson, wave: int, counterpart: str, item: str) -> float:
    """The same about one department: the two in conflict think the worst of each other."""
    grudge = 32.0 if {person.department, counterpart} == _IN_CONFLICT else 0.0
    temper = _chance(person, 0, "temper").gauss(0, _TEMPER_SD)
    return _BASE + grudge + temper + _chance(person, wave, counterpart + item).gauss(0, _NOISE_SD)


def misses(person: DemoPerson, wave: int, counterpart: str) -> bool:
    """Whether the person needed the department and had no contact with it."""
    share = 0.3 if {person.department, counterpart} == _IN_CONFLICT else 0.05
    return _chance(person, wave, f"contact {counterpart}").random() < share


def cannot_judge(person: DemoPerson, wave: int, code: str) -> bool:
    return _chance(person, wave, f"blank {code}").random() < 0.03


def picks_communication(person: DemoPerson, wave: int) -> bool:
    return _chance(person, wave, "pick").random() < (0.6 if person.department in _IN_CONFLICT else 0.15)


def comment(person: DemoPerson, wave: int) -> str:
    chance = _chance(person, wave, "comment")
    if chance.random() > 0.08:
        return ""
    if person.department in _IN_CONFLICT:
        return chance.choice(
            [
                "We hear about campaigns from customers, not from the people who run them.",
                "Leads are handed over in the last week of the quarter, then we argue whose fault it is.",
                "Our heads have not sat at one table since spring.",
            ]
        )
    return chance.choice(["Fewer forms, please.", "Good month, we finished what we planned.", "Nothing to add."])


def _chance(person: DemoPerson, wave: int, what: str) -> random.Random:
    """Chance that is the same in every run, whatever the order in which people answer."""
    return random.Random(f"{SEED}/{person.email}/{wave}/{what}")


class DemoRespondent:
    """One made-up person in one wave: picks among the values that the page offers for a field, by the field's name."""

    def __init__(self, person: DemoPerson, wave: int, departments: dict[str, str]) -> None:
        self._person, self._wave, self._departments = person, wave, departments

    def choose(self, name: str, values: list[str], filled: dict[str, str]) -> str | None:
        """The value to send; None leaves the field blank."""
        options = [value for value in values if value.isdecimal()]
        if name == "pick_one":
            return self._hindrance(options)
        if name.startswith("about_"):
            about, _, code = name.partition("-")
            counterpart = self._departments.get(filled.get(f"{about}-department", ""))
            return self._about(counterpart, code, options) if counterpart else None
        if cannot_judge(self._person, self._wave, name):
            return next(value for value in values if not value.isdecimal())
        scale = name.removeprefix("item_").rpartition("_")[0]
        return _nearest(opinion(self._person, self._wave, scale, name), options)

    def _hindrance(self, options: list[str]) -> str:
        communication = options[2]
        if picks_communication(self._person, self._wave):
            return communication
        others = [option for option in options if option != communication]
        return _chance(self._person, self._wave, "hindrance").choice(others)

    def _about(self, counterpart: str, code: str, options: list[str]) -> str:
        if code == "contact":
            worked, needed, _ = options
            return needed if misses(self._person, self._wave, counterpart) else worked
        return _nearest(opinion_of_counterpart(self._person, self._wave, counterpart, code), options)


def _nearest(score: float, options: list[str]) -> str:
    step = round(score / 100 * (len(options) - 1))
    return options[min(max(step, 0), len(options) - 1)]
