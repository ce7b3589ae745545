"""What a wave's questions about counterparts mean for scoring."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from surveys.choices import Contact

WORKED, NEEDED = (Contact.values.index(contact) for contact in (Contact.WORKED, Contact.NEEDED))
HIGHEST = 100.0


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
