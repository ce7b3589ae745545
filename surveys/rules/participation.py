"""How participation may be told (docs/anonymity.md): coarse while a wave is open, in bands once it is counted."""

_STEP = 5
_BAND = 5
_HIGHEST = 90
# Percent. A target outside would tell that nobody, or that everybody, of a group has answered.
LOWEST_TARGET, HIGHEST_TARGET = 30, 90
# A group is told as below or at target only if it has as many people.
TOLD_FROM = 10


def open_percent(*, answered: int, invited: int, min_group_size: int) -> int | None:
    """The company's response in percent, rounded to 5, 90 at most.

    None while fewer than `min_group_size` have answered, and where a step of 5 % is fewer people than that.
    """
    if answered < min_group_size or invited * _STEP < 100 * min_group_size:
        return None
    return min(_in_steps(answered, invited), _HIGHEST)


def at_target(*, answered: int, invited: int, erased: int, min_group_size: int, target: int) -> bool | None:
    """Whether a group's response has reached `target` percent.

    None, not told, of fewer than 10 people or than `min_group_size`, and where somebody was erased from the roster
    since.
    """
    if erased or invited < max(TOLD_FROM, min_group_size):
        return None
    return answered * 100 >= target * invited


def open_text(percent: int, *, people: int) -> str:
    """What `open_percent` gave, in words."""
    return f"{'≥' if percent >= _HIGHEST else 'about'} {percent} % of {people} people"


def target_text(reached: bool | None, *, people: int, min_group_size: int, refreshed: bool) -> str:
    """What `at_target` gave, in words; `refreshed` once a night has passed since the opening."""
    if people < max(TOLD_FROM, min_group_size):
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
    low, high = counted_band(responses, people)
    if people is None:
        return f"{low}-{high} people; how many were asked is not known"
    nearly_all = low * 100 >= _HIGHEST * people
    return f"≥ {_HIGHEST} % of {people} people" if nearly_all else f"{low}-{high} of {people} people"


def counted_band(responses: int, people: int | None) -> tuple[int, int]:
    """The ends of the band that a count is told in: of five; from the one that 90 % of `people` lie in, up to all.

    The core of the app above has the same rule, which it may not take from here; a test holds that both agree.
    """
    start = responses // _BAND * _BAND
    if people is None:
        return start, start + _BAND - 1
    last = -(-_HIGHEST * people // 100) // _BAND * _BAND
    return (start, start + _BAND - 1) if start < last else (last, people)


def given_up_text(ballots: int) -> str:
    """What became of a wave whose key never came back."""
    those = "1 sealed ballot was" if ballots == 1 else f"{ballots} sealed ballots were"
    return f"given up: {those} deleted unread"


def _in_steps(some: int, people: int) -> int:
    """A share in percent, rounded to 5."""
    return (some * 200 + _STEP * people) // (2 * _STEP * people) * _STEP
