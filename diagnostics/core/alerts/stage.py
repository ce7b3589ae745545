"""The stage of a conflict, from which of the eleven signs are raised (docs/method.md, "Stage and causes").

Not every symptom is a conflict in its hot phase: blame alone, with no avoidance and no camps, is often only role
stereotypes being played out. A sign is *raised* where P(sign > 50) >= .8.
"""

from collections.abc import Collection

CALM, BLAME_RITUAL, STRAINED, COLD, HOT = "calm", "blame_ritual", "strained", "cold", "hot"

CORE_SIGNS = ("avoided_meetings", "formal_communication", "failed_projects", "communication_failures", "stagnation")
ROTATING_SIGNS = ("hostile_camps", "busywork", "blame", "overlapping_functions", "hostile_leaders", "mixed_messages")
SIGNS = (*CORE_SIGNS, *ROTATING_SIGNS)
# Of a sign that takes turns the latest published figure counts, this wave's included, within as many waves.
ROTATION = 3
# The middle of the scale of scores, and the certainty, 0..1, from which on a sign counts as above it.
MIDDLE, RAISED_AT = 50, 0.80

_HOSTILE = {"hostile_camps", "hostile_leaders"}
_AVOIDANCE, _BUSYWORK = "avoided_meetings", "busywork"
_DISTANCE = {_AVOIDANCE, "formal_communication", "communication_failures"}
_STRAIN = {"failed_projects", "stagnation", "overlapping_functions", _BUSYWORK}
_BLAME = {"blame", "mixed_messages"}


def is_raised(p_above_middle: float) -> bool:
    """Whether a sign counts as raised; the argument is P(sign > MIDDLE), 0..1."""
    return p_above_middle >= RAISED_AT


def stage(raised: Collection[str]) -> str:
    """The gravest stage that any of the raised signs speaks for; the others are there too, and change nothing.

    Hot before cold before strained before blame ritual before calm. Busywork alone is strain: that the procedures
    grow says nothing of avoidance (judgment). Raises ValueError for a code that is no sign.
    """
    signs = set(raised)
    if unknown := signs.difference(SIGNS):
        raise ValueError(f"These are no signs: {', '.join(sorted(unknown))}.")
    if signs & _HOSTILE or {_AVOIDANCE, _BUSYWORK} <= signs:
        return HOT
    if signs & _DISTANCE:
        return COLD
    if signs & _STRAIN:
        return STRAINED
    return BLAME_RITUAL if signs & _BLAME else CALM
