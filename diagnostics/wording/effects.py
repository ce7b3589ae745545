"""The effect of a remedy in words."""

from diagnostics.choices import TooEarly
from diagnostics.core.estimate.effect import Change, Effect, EffectVerdict
from diagnostics.report.cell import format_figure

VERDICTS = {
    EffectVerdict.HELPED: "it has helped",
    EffectVerdict.WORSE: "things are worse than without it",
    EffectVerdict.TOO_EARLY: "too early to tell",
}
_REASONS = {
    TooEarly.NO_WAVE_BEFORE: "no wave had closed before the remedy started",
    TooEarly.NO_WAVE_AFTER: "no scored wave opened between four weeks and a year after the remedy started",
    TooEarly.NOT_REPORTED: "{name} was not reported by itself in wave {wave}",
    TooEarly.SUPPRESSED: "the index of {name} is suppressed in wave {wave}",
}
_TOO_FEW = "Too few other departments had a similar index and no remedy: too early to tell."


def early_sentence(reason: TooEarly, name: str, wave_number: int | None) -> str:
    """Why nothing can be said of the side of that name yet."""
    return f"Too early to tell: {_REASONS[reason].format(name=name, wave=wave_number)}."


def effect_sentences(treated: Change, found: Effect | None) -> str:
    """How the index moved, how others moved, and what the remedy did; None where too few others are comparable."""
    moved = moved_words(treated.points, *treated.interval)
    start = f"Index {format_figure(round(treated.before[0]))} → {format_figure(round(treated.after[0]))} ({moved})."
    if found is None:
        return f"{start} {_TOO_FEW}"
    own = moved_words(found.own, found.low, found.high)
    return (
        f"{start} {found.alike} departments with a similar index and no remedy: {moved_words(found.expected)}. "
        f"The remedy’s own effect is {own}: {VERDICTS[found.verdict]}."
    )


def moved_words(points: float, low: float | None = None, high: float | None = None) -> str:
    """“down 8, likely 2 to 14”: in the direction of the change; “down 3, likely up 4 to down 10” else."""
    down = round(points) < 0
    words = f"{'down' if down else 'up'} {abs(round(points))}" if round(points) else "unchanged"
    if low is None or high is None:
        return words
    near, far = (round(-high), round(-low)) if down else (round(low), round(high))
    if near >= 0:
        return f"{words}, likely {near} to {far}"
    back, on = ("up", "down") if down else ("down", "up")
    return f"{words}, likely {back} {-near} to {on} {far}"
