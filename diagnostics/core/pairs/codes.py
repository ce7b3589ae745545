"""Which model a figure of the pair map is from, and why the simpler one. Apart from the models: it loads no numpy."""

from dataclasses import dataclass
from enum import StrEnum


class PairModel(StrEnum):
    """What estimates a direction or a pair."""

    # core.pairs.relations: uses what all departments say of each other.
    SOCIAL_RELATIONS = "social_relations"
    # core.estimate: each direction as a group of its own.
    EMPIRICAL_BAYES = "empirical_bayes"


class ModelReasonCode(StrEnum):
    """Why empirical Bayes estimates a figure."""

    # Divisions, and everybody about a department, are never estimated otherwise.
    ONE_BY_ONE = "one_by_one"
    # Fewer departments rate, or are rated, than the social relations model needs.
    TOO_FEW_DEPARTMENTS = "too_few_departments"
    # Fewer directions, or pairs with both directions, than it needs.
    TOO_FEW_DIRECTIONS = "too_few_directions"
    # More directions than it can take.
    TOO_MANY_DIRECTIONS = "too_many_directions"
    # The search for its standard deviations failed.
    NOT_CONVERGED = "not_converged"
    # Of a row whose sentence no version is known to have written.
    LEGACY = "legacy"


@dataclass(frozen=True)
class ModelReason:
    """A reason with its arguments."""

    # Which reason it is.
    code: ModelReasonCode
    # Of TOO_MANY_DIRECTIONS: how many directions the model takes at most.
    most: int | None = None
    # Of LEGACY: the sentence as it was stored.
    text: str = ""

    @property
    def arguments(self) -> dict[str, int | str]:
        """Those that it has, as they are stored: plain numbers and strings by name."""
        named: dict[str, int | str | None] = {"most": self.most, "text": self.text}
        return {name: value for name, value in named.items() if value}
