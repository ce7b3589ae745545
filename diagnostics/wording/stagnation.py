"""Stagnation in two departments, in plain words."""

from diagnostics.report.pairs.stagnation import Stagnation, StagnationFinding
from diagnostics.wording.suppression import reason_words

_DO = "agree that they have stopped growing at work"


def stagnation_sentence(stagnation: Stagnation) -> str:
    """The answer for both departments, in one or two sentences."""
    first, second = (side.name for side in stagnation.sides)
    high = next((side.name for side in stagnation.sides if side.above), "")
    low = next((side.name for side in stagnation.sides if not side.above), "")
    fewer = next((side.name for side in stagnation.sides if side.below), "")
    not_shown = "; ".join(
        f"of {side.name}, {reason_words(side.cell.reason)}" for side in stagnation.sides if not side.cell.shown
    )
    sentences = {
        StagnationFinding.BOTH: f"Stagnation in both: more than half of {first} and of {second} {_DO}.",
        StagnationFinding.ONE: (
            f"Stagnation in one of them: more than half of {high} {_DO}; fewer than half do in {low}."
        ),
        StagnationFinding.ONE_OTHER_UNCERTAIN: (
            f"Stagnation in one of them: more than half of {high} {_DO}; of {low} that is not certain."
        ),
        StagnationFinding.NEITHER: f"Stagnation in neither: fewer than half of {first} and of {second} {_DO}.",
        StagnationFinding.UNCERTAIN: (
            f"Stagnation in neither for certain: of neither is it sure that more than half {_DO}."
        ),
        StagnationFinding.NOT_BOTH: (
            f"Stagnation is not in both: fewer than half of {fewer} {_DO}. What is not shown: {not_shown}."
        ),
        StagnationFinding.ONE_OTHER_SUPPRESSED: (
            f"More than half of {high} {_DO}. Whether stagnation is in both cannot be said: {not_shown}."
        ),
        StagnationFinding.UNKNOWN: f"Whether stagnation is in both cannot be said: {not_shown}.",
    }
    return sentences[stagnation.finding]


def stagnation_evidence(stagnation: Stagnation) -> str:
    """What speaks for a remedy, as part of a sentence; empty unless stagnation is in both."""
    if stagnation.finding != StagnationFinding.BOTH:
        return ""
    sides = "; ".join(
        f"{side.cell.share_text} in {side.name}, likely {side.cell.share_span}" for side in stagnation.sides
    )
    return f"more than half in both {_DO} ({sides})"
