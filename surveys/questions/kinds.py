"""The kinds of scales of an instrument, and which of them a wave asks. Pure."""

from enum import StrEnum


class ScaleKind(StrEnum):
    """What a scale is for."""

    # A sign that the index is made of.
    CORE = "core"
    # A sign of the company's own, outside the index.
    EXTRA = "extra"
    # A sign that takes turns, outside the index.
    ROTATING = "rotating"
    # What feeds a conflict; never in the index.
    CAUSE = "cause"


# Every wave asks all their items.
ALWAYS_ASKED = frozenset({ScaleKind.CORE, ScaleKind.EXTRA})
# Each wave asks some of these scales (surveys.questions.rotation).
TAKING_TURNS = frozenset({ScaleKind.ROTATING, ScaleKind.CAUSE})
