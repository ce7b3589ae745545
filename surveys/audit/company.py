"""The made-up company of a rehearsal: who works where, and what each person answers in each wave."""

import random
import secrets
import string
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from surveys.models import Collaboration, Department, Employee, Survey
from surveys.questions.instrument_file import BUILT_IN
from surveys.services import instruments

_OPTIONS = 5
_STEADY = 0.85
_SHARE_WITH_COMMENT = 0.4
_ITEMS = 100


@dataclass(frozen=True)
class RehearsalPlan:
    """The made-up company, and how a rehearsal goes."""

    # (parent, people) by name.
    departments: Mapping[str, tuple[str | None, int]]
    # How many waves there are.
    waves: int = 3
    # The share of people who answer in each wave, 0 to 1.
    answering: float = 0.75
    # The share of a wave's answers that come after its shuffle, 0 to 1.
    late: float = 0.2
    # How many answers come at the same time.
    at_once: int = 8
    # The share who answer, of departments that have one of their own.
    reluctant: Mapping[str, float] = field(default_factory=dict)


# About 80 answers a wave, in groups from one person's to thirty.
SMALL = RehearsalPlan(
    {
        "Commercial": (None, 2),
        "Marketing": ("Commercial", 14),
        "Sales": ("Commercial", 24),
        "Operations": (None, 0),
        "Production": ("Operations", 30),
        "Logistics": ("Operations", 11),
        "Finance": (None, 16),
        "Legal": ("Finance", 3),
        "People": (None, 8),
    }
)


@dataclass(frozen=True)
class Vote:
    """What one person answers in one wave. No answers come twice."""

    email: str
    # A byte an item.
    answers: bytes
    # The id of the department that is rated.
    counterpart: int
    # A byte an item of the counterpart block.
    rating: bytes
    # Empty for none.
    comment: str


class RehearsalCompany:
    """`domain` is in every address, `word` in every comment of the present wave; both are nowhere else in the world."""

    def __init__(self, plan: RehearsalPlan, seed: int) -> None:
        self.plan = plan
        self.domain, self.word = _canary(), _canary()
        self._answered: set[bytes] = set()
        self._chance = random.Random(seed)  # noqa: S311 -- made-up answers, which may be looked up again
        self._temper: dict[str, list[int]] = {}
        self._counterpart: dict[str, int] = {}
        self._share: dict[str, float] = {}

    def settle(self, **survey: Any) -> Survey:
        """Stores departments, people, counterparts and a survey, and returns the last."""
        made: dict[str, Department] = {}
        for name, (parent, _) in self.plan.departments.items():
            made[name] = Department.objects.create(name=name, parent=made.get(parent or ""))
        peopled = [name for name, (_, count) in self.plan.departments.items() if count]
        for name, other in zip(peopled, peopled[1:] + peopled[:1], strict=True):
            Collaboration.objects.create(department=made[name], counterpart=made[other])
            self._hire(made[name], counterpart=made[other].pk)
        instrument = instruments.import_instrument(BUILT_IN.read_text(encoding="utf-8")).instrument
        return Survey.objects.create(name="Rehearsal", instrument=instrument, **survey)

    def votes(self, questionnaire: Mapping[str, Any], invited: Collection[str]) -> list[Vote]:
        """Of those who answer in the next wave, in random order; `invited` are addresses."""
        self.word = _canary()
        questions = [*questionnaire["items"], questionnaire["pick_one"]]
        about = questionnaire["counterparts"]["items"]
        people = [email for email in self._temper if email in invited and self._chance.random() < self._share[email]]
        self._chance.shuffle(people)
        ratings: dict[int, set[bytes]] = {}
        return [
            Vote(
                email=email,
                answers=_new(self._answered, lambda email=email: self._answers(email, questions)),  # type: ignore[misc]
                counterpart=(counterpart := self._counterpart[email]),
                rating=_new(ratings.setdefault(counterpart, set()), lambda: self._any(about)),
                comment=self._comment() if self._chance.random() < _SHARE_WITH_COMMENT else "",
            )
            for email in people
        ]

    def _comment(self) -> str:
        """In plain English and about nobody, or counting would change it or hold it back."""
        return f"Nobody in our team knows what {self.word} {_letters(16)} is for."

    def _hire(self, department: Department, *, counterpart: int) -> None:
        count = self.plan.departments[department.name][1]
        emails = [f"{department.name}.{number}@{self.domain}.example".lower() for number in range(count)]
        Employee.objects.bulk_create(
            Employee(email=email, name=email.partition("@")[0], department=department, language="en")
            for email in emails
        )
        for email in emails:
            self._temper[email] = [self._chance.randrange(_OPTIONS) for _ in range(_ITEMS)]
            self._counterpart[email] = counterpart
            self._share[email] = self.plan.reluctant.get(department.name, self.plan.answering)

    def _answers(self, email: str, questions: list[Any]) -> bytes:
        """Mostly as ever, question by question."""
        return bytes(
            temper % len(question["options"])
            if self._chance.random() < _STEADY
            else self._chance.randrange(len(question["options"]))
            for temper, question in zip(self._temper[email], questions, strict=False)
        )

    def _any(self, questions: list[Any]) -> bytes:
        return bytes(self._chance.randrange(len(question["options"])) for question in questions)


def _canary() -> str:
    return f"canary{_letters(12)}"


def _letters(count: int) -> str:
    """Of no word; without digits, which redaction would take for a number of somebody."""
    return "".join(secrets.choice(string.ascii_lowercase) for _ in range(count))


def _new(taken: set[bytes], draw: Callable[[], bytes]) -> bytes:
    """Draws again until the value is new."""
    for _ in range(10_000):
        if (drawn := draw()) not in taken:
            taken.add(drawn)
            return drawn
    raise RuntimeError("The questionnaire has too few answers to tell the made-up people apart.")
