"""How participation may be told (docs/anonymity.md): coarse while a wave is open, in bands once it is counted."""

from surveys.rules.bands import HIGHEST_RATE, RATE_STEP, Rate, band_of, rate_of, rounded_percent
from surveys.rules.limits import MIN_TARGET_SIZE
from surveys.rules.wording import band_text, rate_text


def open_percent(*, answered: int, invited: int, min_group_size: int) -> int | None:
    """The company's response in percent, rounded to 5, 90 at most.

    None while fewer than `min_group_size` have answered, and where a step of 5 % is fewer people than that.
    """
    if answered < min_group_size or invited * RATE_STEP < 100 * min_group_size:
        return None
    return rounded_percent(answered, invited)


def at_target(*, answered: int, invited: int, erased: int, min_group_size: int, target: int) -> bool | None:
    """Whether a group's response has reached `target` percent.

    None, not told, of fewer than 10 people or than `min_group_size`, and where somebody was erased from the roster
    since.
    """
    if erased or invited < max(MIN_TARGET_SIZE, min_group_size):
        return None
    return answered * 100 >= target * invited


def open_text(percent: int, *, people: int) -> str:
    """What `open_percent` gave, in words."""
    return f"{rate_text(Rate(percent, at_least=percent == HIGHEST_RATE))} of {people} people"


def target_text(reached: bool | None, *, people: int, min_group_size: int, refreshed: bool) -> str:
    """What `at_target` gave, in words; `refreshed` once a night has passed since the opening."""
    if people < max(MIN_TARGET_SIZE, min_group_size):
        return "too few people to tell"
    if reached is None:
        return "not told" if refreshed else "from the first night on"
    return "at target" if reached else "below target"


def counted_text(*, responses: int, people: int | None, min_group_size: int) -> str:
    """The response of a counted wave in words: its band, or no more than that nearly everybody answered.

    `people` is None where nobody knows how many were asked. Which of the two it is goes by the band, as the report's
    rate does: two pages that judged by different numbers would together tell the count.
    """
    if responses < min_group_size:
        return f"fewer than {min_group_size} answered: nothing was counted"
    band = band_of(responses, people)
    if people is None:
        return f"{band_text(band)} people; how many were asked is not known"
    rate = rate_of(*band, people)
    return f"{rate_text(rate) if rate.at_least else band_text(band)} of {people} people"


def given_up_text(ballots: int) -> str:
    """What became of a wave whose key never came back."""
    those = "1 sealed ballot was" if ballots == 1 else f"{ballots} sealed ballots were"
    return f"given up: {those} deleted unread"
