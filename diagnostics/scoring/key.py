"""The scoring key of a wave: which bytes of a response belong to which scale."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from diagnostics.models.score import CRITICAL_MASS, INDEX, PICK_COMMUNICATION
from surveys.choices import Contact
from surveys.questions.kinds import ScaleKind

STAGNATION = "stagnation"
SHARES = (CRITICAL_MASS, PICK_COMMUNICATION)
# Places of the answers about contact, and what "needed, but no contact" scores where that counts as risk.
WORKED, NEEDED = Contact.WORKED.number, Contact.NEEDED.number
HIGHEST = 100.0


@dataclass(frozen=True)
class Scale:
    """A sign or a cause, with the items that it is made of."""

    # Of the sign or cause in the instrument.
    code: str
    # A ScaleKind; CORE for a sign that the index is made of.
    kind: str
    # The places of its items in a respondent's answers, from 0.
    columns: tuple[int, ...]


@dataclass(frozen=True)
class ScoringKey:
    """Which bytes of a response belong to which scale, and what they score."""

    # By column and number of the option, the score of an answer, 0..100 with 100 = risk.
    option_values: tuple[tuple[float, ...], ...]
    # The item of each column, from column 0 on.
    item_codes: tuple[str, ...]
    # The signs and causes that the wave asked about, in the order of the instrument.
    scales: tuple[Scale, ...]
    # The column of the pick-one question, and the number of its option that names communication between departments;
    # None where that was not asked.
    pick_one: tuple[int, int] | None

    @property
    def core(self) -> tuple[Scale, ...]:
        return tuple(scale for scale in self.scales if scale.kind == ScaleKind.CORE)

    @property
    def measures(self) -> tuple[str, ...]:
        """Everything that this wave publishes, in the order in which it is shown."""
        codes = [scale.code for scale in self.scales]
        shares = [CRITICAL_MASS] if STAGNATION in codes else []
        shares += [PICK_COMMUNICATION] if self.pick_one else []
        return (INDEX, *codes, *shares)

    @property
    def alerting(self) -> tuple[str, ...]:
        """The measures that can raise an alert."""
        return (INDEX, *(scale.code for scale in self.core)) if self.core else ()

    def items_of(self, measure: str) -> frozenset[str]:
        """The codes of the items that make a measure: two waves compare only where these are the same."""
        if measure == PICK_COMMUNICATION:
            return frozenset([measure]) if self.pick_one else frozenset()
        scales = self.core if measure == INDEX else [s for s in self.scales if s.code == _scale_of(measure)]
        return frozenset(self.item_codes[column] for scale in scales for column in scale.columns)


@dataclass(frozen=True)
class PairScoringKey:
    """Which bytes of a rating belong to what, and what each answer scores."""

    # By item and option, the score of an answer: 0..100, 100 = risk.
    option_values: tuple[tuple[float, ...], ...]
    # What "needed, but no contact" scores: 100 where an item says so, else None.
    without_contact: float | None

    @property
    def width(self) -> int:
        """Bytes of one rating: the contact, and the items."""
        return 1 + len(self.option_values)


def read_scoring_key(questionnaire: Mapping[str, Any]) -> ScoringKey:
    """The scoring key of a frozen questionnaire (surveys.questions.questionnaire)."""
    items, pick_one = questionnaire["items"], questionnaire["pick_one"]
    scales = tuple(
        Scale(
            code=scale["code"],
            kind=scale["kind"],
            columns=tuple(column for column, item in enumerate(items) if item["scale"] == scale["code"]),
        )
        for scale in questionnaire["scales"]
    )
    asked = pick_one is not None and pick_one["communication"] is not None
    return ScoringKey(
        option_values=tuple(tuple(option["value"] for option in item["options"]) for item in items),
        item_codes=tuple(item["code"] for item in items),
        scales=scales,
        pick_one=(len(items), pick_one["communication"]) if asked else None,
    )


def read_pair_scoring_key(questionnaire: Mapping[str, Any]) -> PairScoringKey | None:
    """None for a wave that did not ask about counterparts, or only whether there was contact."""
    block = questionnaire["counterparts"]
    if block is None or not block["items"]:
        return None
    flagged = any(item.get("no_contact_is_risk") for item in block["items"])
    return PairScoringKey(
        option_values=tuple(tuple(option["value"] for option in item["options"]) for item in block["items"]),
        without_contact=HIGHEST if flagged else None,
    )


def _scale_of(measure: str) -> str:
    return STAGNATION if measure == CRITICAL_MASS else measure
