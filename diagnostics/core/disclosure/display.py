"""How scores are coarsened before anybody sees them; counts are by surveys.rules.rounding (docs/anonymity.md)."""

import math

LOWEST_SHOWN, HIGHEST_SHOWN = 5, 95


def whole(score: float) -> int:
    """A score as a whole number in 5..95: the ends of the scale would say that everybody answered alike."""
    return min(max(math.floor(score + 0.5), LOWEST_SHOWN), HIGHEST_SHOWN)
