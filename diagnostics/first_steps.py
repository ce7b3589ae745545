"""What to do first, by the sign that stands out (docs/report-format.md). Talking comes first where it is unclear."""

from dataclasses import dataclass

from diagnostics.report import Cell, GroupRow

# An interval wider than this says where to listen, not what to change. Judgment.
WIDE = 20


@dataclass(frozen=True)
class FirstStep:
    """`title` names the remedy, `how` says in a sentence or two how to begin."""

    title: str
    how: str


TALK_FIRST = FirstStep(
    "Talk first",
    "HR talks with staff and with the heads of both departments, and compares what the heads believed with what "
    "staff said, before anything is changed.",
)
_GEMBA = FirstStep(
    "Swap places for half a day",
    "Let people of each department work half a day in the other, from junior to head; then they say together what "
    "they saw and what they would improve.",
)
_SHOW = FirstStep(
    "Show your work",
    "Each department shows the others in a short session what it does, what it earns or saves, and what it needs "
    "from them.",
)
_CHARTER = FirstStep(
    "Write down who does what",
    "The top says which department owns what and which approvals fall away, in one page that both heads agree to.",
)
_HANDOVER = FirstStep(
    "Agree on the handover",
    "Both heads write down what is handed over, when it counts as done, and what goes back and when.",
)
_MEETING = FirstStep(
    "Set a standing joint meeting",
    "Both heads, a fixed slot, one shared agenda; it is visible who came.",
)
BY_SIGN = {
    "avoided_meetings": _MEETING,
    "formal_communication": _MEETING,
    "failed_projects": _HANDOVER,
    "communication_failures": _SHOW,
    "stagnation": _GEMBA,
    "hostile_camps": _GEMBA,
    "busywork": _CHARTER,
    "blame": _HANDOVER,
    "overlapping_functions": _CHARTER,
    "hostile_leaders": TALK_FIRST,
    "mixed_messages": _CHARTER,
}


def first_step(row: GroupRow) -> FirstStep:
    """By the highest sign that the group publishes, if it is known well enough to act on."""
    sign = highest_sign(row)
    if sign is None or sign.low is None or sign.high is None or sign.high - sign.low > WIDE:
        return TALK_FIRST
    return BY_SIGN.get(sign.measure, TALK_FIRST)


def highest_sign(row: GroupRow) -> Cell | None:
    return max((sign for sign in row.signs if sign.shown), key=lambda sign: sign.value or 0, default=None)
