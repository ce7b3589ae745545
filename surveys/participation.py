"""How participation may be told (docs/anonymity.md): coarse while a wave is open, in bands once it is counted."""

_STEP = 5
_BAND = 5
_HIGHEST = 90


def open_percent(*, answered: int, invited: int, floor: int) -> int | None:
    """The company's response in percent, rounded to 5, 90 at most.

    None while fewer than `floor` have answered, and where a step of 5 % is fewer people than that.
    """
    if answered < floor or invited * _STEP < 100 * floor:
        return None
    return min((answered * 200 + _STEP * invited) // (2 * _STEP * invited) * _STEP, _HIGHEST)


def open_text(percent: int, *, people: int) -> str:
    """What `open_percent` gave, in words."""
    return f"{'≥' if percent >= _HIGHEST else 'about'} {percent} % of {people} people"


def counted_text(*, responses: int, people: int, floor: int) -> str:
    """The response of a counted wave in words: a band of five, or no more than that nearly everybody answered."""
    if responses < floor:
        return f"fewer than {floor} answered: nothing was counted"
    if responses * 100 >= _HIGHEST * people:
        return f"≥ {_HIGHEST} % of {people} people"
    start = responses // _BAND * _BAND
    return f"{start}–{start + _BAND - 1} of {people} people"


def given_up_text(ballots: int) -> str:
    """What became of a wave whose key never came back."""
    those = "1 sealed ballot was" if ballots == 1 else f"{ballots} sealed ballots were"
    return f"given up: {those} deleted unread"
