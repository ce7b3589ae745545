"""How a figure that was made for people to see is written in words: the ends of what is shown are told as ends."""

from diagnostics.core.disclosure.display import HIGHEST_SHOWN, LOWEST_SHOWN


def told(value: int | None) -> str:
    """The ends of what is shown stand for everything beyond them; empty for a hidden figure."""
    if value is None:
        return ""
    return f"≤ {value}" if value <= LOWEST_SHOWN else f"≥ {value}" if value >= HIGHEST_SHOWN else str(value)


def since_wave(number: int | None) -> str:
    """Since when an alert stands; whoever knows when the wave was adds it."""
    return f"since wave {number}"


def span(low: int | None, high: int | None) -> str:
    """An interval: an end that was clipped is told as one, for the true figure may well lie beyond it. Empty if hidden.

    Never with a dash, which would read as a sign before “≥”.
    """
    return "" if low is None or high is None else f"{told(low)} to {told(high)}"


def calm_so_far(run: int, needed: int) -> str:
    """How near an alert that stands is to being cleared."""
    return f"calm in {run} of the {needed} reported waves running that clear it"


def share_span(low: int | None, high: int | None) -> str:
    """The interval of a share, in a sentence: “26 to 64 %”, “at most 32 %” where its lower end was clipped."""
    if low is None or high is None:
        return ""
    if low <= LOWEST_SHOWN and high >= HIGHEST_SHOWN:
        return "anything"
    if low <= LOWEST_SHOWN:
        return f"at most {high} %"
    return f"at least {low} %" if high >= HIGHEST_SHOWN else f"{low} to {high} %"
