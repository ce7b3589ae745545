"""How figures are coarsened before anybody sees them (docs/anonymity.md)."""

import math

LOWEST_SHOWN, HIGHEST_SHOWN = 5, 95
BAND = 5
RATE_STEP, HIGHEST_RATE = 5, 90


def whole(score: float) -> int:
    """A score as a whole number in 5..95: the ends of the scale would say that everybody answered alike."""
    return min(max(math.floor(score + 0.5), LOWEST_SHOWN), HIGHEST_SHOWN)


def response_band(respondents: int) -> str:
    """A count of respondents as a band of five: "5-9", "10-14", ..."""
    if respondents < 0:
        raise ValueError(f"A count cannot be {respondents}.")
    start = respondents // BAND * BAND
    return f"{start}-{start + BAND - 1}"


def rate_text(respondents: int, people: int | None) -> str:
    """The response rate of `people`, from the middle of the band: an exact rate would undo the band.

    Empty where nobody knows how many people there were.
    """
    return "" if people is None else rate_words(respondents // BAND * BAND + BAND // 2, people)


def rate_words(middle: int, people: int) -> str:
    """A rate to 5 %, of the middle of one band or of several; at 90 % and above it is not told how near to all."""
    percent = math.floor(100 * middle / max(people, 1) / RATE_STEP + 0.5) * RATE_STEP
    return "≥ 90 %" if percent >= HIGHEST_RATE else f"about {percent} %"
