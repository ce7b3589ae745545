"""How figures are coarsened before anybody sees them (docs/anonymity.md)."""

import math

LOWEST_SHOWN, HIGHEST_SHOWN = 5, 95
BAND = 5
RATE_STEP, HIGHEST_RATE = 5, 90


def whole(score: float) -> int:
    """A score as a whole number in 5..95: the ends of the scale would say that everybody answered alike."""
    return min(max(math.floor(score + 0.5), LOWEST_SHOWN), HIGHEST_SHOWN)


def band_of(respondents: int, people: int | None) -> tuple[int, int]:
    """The ends of the band that a count is told in: of five; from the one that 90 % of `people` lie in, up to all.

    Beside a known number of people a band of the last few would say that everybody answered. `people` is None where
    nobody knows how many there were. surveys.rules.participation has the same rule; a test holds that both agree.
    """
    if respondents < 0:
        raise ValueError(f"A count cannot be {respondents}.")
    start = respondents // BAND * BAND
    if people is None:
        return start, start + BAND - 1
    last = -(-HIGHEST_RATE * people // 100) // BAND * BAND
    return (start, start + BAND - 1) if start < last else (last, people)


def response_band(respondents: int, people: int | None) -> str:
    """A count of respondents as it is told: "5-9", "10-14", ..., or "5-10" of ten people."""
    low, high = band_of(respondents, people)
    return f"{low}-{high}"


def rate_text(respondents: int, people: int | None) -> str:
    """The response rate of `people`, from the band alone: an exact rate would undo it.

    Empty where nobody knows how many people there were.
    """
    return "" if people is None else rate_words(*band_of(respondents, people), people)


def rate_words(low: int, high: int, people: int) -> str:
    """The middle of one band, or of the sum of several, to 5 %; "≥ 90 %" where that is true of the whole band."""
    people = max(people, 1)
    if low * 100 >= HIGHEST_RATE * people:
        return f"≥ {HIGHEST_RATE} %"
    percent = math.floor(50 * (low + high) / people / RATE_STEP + 0.5) * RATE_STEP
    return f"about {min(percent, HIGHEST_RATE)} %"
