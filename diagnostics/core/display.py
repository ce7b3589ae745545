"""How figures are coarsened before anybody sees them (docs/anonymity.md)."""

import math

LOWEST_SHOWN, HIGHEST_SHOWN = 5, 95
BAND = 5
OPEN_RATE_STEP = 5
HIGHEST_RATE = 0.9


def whole(score: float) -> int:
    """A score as a whole number in 5..95: the ends of the scale would say that everybody answered alike."""
    return min(max(math.floor(score + 0.5), LOWEST_SHOWN), HIGHEST_SHOWN)


def response_band(respondents: int) -> str:
    """A count of respondents as a band of five: "5-9", "10-14", ..."""
    if respondents < 0:
        raise ValueError(f"A count cannot be {respondents}.")
    start = respondents // BAND * BAND
    return f"{start}-{start + BAND - 1}"


def rate_text(share: float) -> str:
    """A response rate (share 0..1) in words; at 90 % and above it is not told how near to all."""
    if share >= HIGHEST_RATE:
        return "≥ 90 %"
    return f"{min(math.floor(share * 100 + 0.5), 89)} %"


def open_rate(share: float) -> int:
    """The company's response in percent while a wave is open: rounded to 5."""
    return math.floor(share * 100 / OPEN_RATE_STEP + 0.5) * OPEN_RATE_STEP
