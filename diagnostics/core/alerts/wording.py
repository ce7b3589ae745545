"""What change alerts say: one plain sentence each, of published figures only.

y, v, z and the digits of p would tell more than a page does (docs/anonymity.md): p is told in four steps.
"""

from diagnostics.core.disclosure.figures import calm_so_far, since_wave, told

OTHER_ITEMS = "other items are asked than before"
_STEPS = ((0.001, "0.1 %"), (0.01, "1 %"), (0.05, "5 %"), (0.10, "10 %"))


def chance(p: float) -> str:
    """A one-sided p as the share of departments without a change that would show as much."""
    return f"such a rise by chance alone would be seen in {_share(p)} of departments"


def so_little(p: float, rise: float) -> str:
    """A one-sided p as the share of departments that are up by the least that counts, and would show no more."""
    would = f"which {_share(p)} of departments that are still {rise:g} points up would show"
    return f"the answers less than {rise:g} points above, {would}"


def _share(p: float) -> str:
    return next((f"under {share}" for limit, share in _STEPS if p < limit), "10 % or more")


def too_old(base: str) -> str:
    return f"{base} are more than a year ago"


def rose(before: int, now: int, base: str, p: float, rise: float) -> str:
    """Estimates are drawn to the company's mean, and may show less of a rise than the answers."""
    seen = f"rose from {told(before)} to {told(now)} against {base}"
    if now - before < rise:
        estimate = f"{told(before)}, now {told(now)}"
        seen = f"the answers rose by {rise:g} points or more against {base} (the estimate: {estimate})"
    return f"{seen}; {chance(p)}"


def against(now: int, before: int, base: str) -> str:
    return f"{told(now)} against {told(before)} in {base}"


def raised(wave: int, seen: str, first_seen: int) -> str:
    return f"Raised in wave {wave}: {seen}; first seen in wave {first_seen}."


def on_watch(wave: int, seen: str, within: int) -> str:
    return f"On watch in wave {wave}: {seen}; an alert if it is seen again in the next {within} published waves."


def held(since: int, figures: str, p: float) -> str:
    return f"Standing {since_wave(since)}: now {figures}; {chance(p)}."


def calm(since: int, figures: str, so_little: str, run: int, needed: int) -> str:
    return f"Standing {since_wave(since)}: now {figures}, {so_little}; {calm_so_far(run, needed)}."


def cleared(since: int, figures: str, so_little: str, run: int) -> str:
    return f"Cleared, after standing {since_wave(since)}: {figures}, {so_little}; in {run} reported waves running."


def begun_anew(since: int | None, why: str) -> str:
    if since is None:
        return f"No alert: {why}, so the comparison begins anew."
    stood = f"Ended, after standing {since_wave(since)}, though it has not calmed down"
    return f"{stood}: {why}, so the comparison begins anew."


def no_baseline(needed: int) -> str:
    return f"No alert: waves are compared once {needed} are published within a year."


def no_rise(base: str) -> str:
    return f"No alert: no rise against {base} beyond what chance does."
