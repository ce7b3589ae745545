"""Published figures in text. Figures are clipped to 5..95: the ends stand for everything beyond them, and say so."""

from diagnostics.core.disclosure.display import HIGHEST_SHOWN, LOWEST_SHOWN


def format_figure(value: int | None) -> str:
    """“47”, “≤ 5”, “≥ 95”; empty for a suppressed figure."""
    if value is None:
        return ""
    return f"≤ {value}" if value <= LOWEST_SHOWN else f"≥ {value}" if value >= HIGHEST_SHOWN else str(value)


def format_interval(low: int | None, high: int | None) -> str:
    """“41 to 53”, “≤ 5 to 12”; empty for a suppressed figure.

    Never with a dash, which would read as a sign before “≥”.
    """
    return "" if low is None or high is None else f"{format_figure(low)} to {format_figure(high)}"


def format_share_interval(low: int | None, high: int | None) -> str:
    """The interval of a share, in a sentence: “26 to 64 %”, “at most 32 %” where its lower end was clipped."""
    if low is None or high is None:
        return ""
    if low <= LOWEST_SHOWN and high >= HIGHEST_SHOWN:
        return "anything"
    if low <= LOWEST_SHOWN:
        return f"at most {high} %"
    return f"at least {low} %" if high >= HIGHEST_SHOWN else f"{low} to {high} %"
