"""What an alert is about, what a wave did to it, and why, as codes."""

from dataclasses import dataclass
from enum import StrEnum


class AlertKind(StrEnum):
    """What an alert is about."""

    # Whether a figure lies above the alert level.
    LEVEL = "level"
    # Whether a figure has risen against its own baseline.
    CHANGE = "change"
    # Whether the response rate has fallen.
    PARTICIPATION = "participation"


@dataclass(frozen=True)
class KindRules:
    """What holds of every alert of a kind. Table, scoring and verdict go by it."""

    # What its stored memory always has.
    memory_keys: tuple[str, ...]
    # Whether an ongoing one has a baseline in its memory.
    needs_baseline: bool
    # Whether an ongoing one puts its figure, and with it the department, at risk.
    puts_at_risk: bool


KIND_RULES = {
    AlertKind.LEVEL: KindRules(("waves_above", "waves_calm"), needs_baseline=False, puts_at_risk=True),
    AlertKind.CHANGE: KindRules(("watched", "waves_calm", "items"), needs_baseline=True, puts_at_risk=True),
    AlertKind.PARTICIPATION: KindRules(("waves_calm",), needs_baseline=True, puts_at_risk=False),
}


class AlertEvent(StrEnum):
    """What a wave did to an alert."""

    NONE = "none"
    # A rise that was seen once: no alert yet.
    WATCH = "watch"
    RAISED = "raised"
    # Raised by an earlier wave, and not over.
    ONGOING = "ongoing"
    CLEARED = "cleared"
    # Over without having calmed down: nothing is left to compare with.
    EXPIRED = "expired"


# The alert is raised, by this wave or an earlier one, and not over.
ONGOING_EVENTS = (AlertEvent.RAISED, AlertEvent.ONGOING)
# The wave ended the alert.
OVER_EVENTS = (AlertEvent.CLEARED, AlertEvent.EXPIRED)


class AlertCode(StrEnum):
    """Why a wave did that; the class of the reason with the code has its arguments."""

    # The text of an old row, which was stored as a sentence and could not be read.
    LEGACY = "legacy"
    # Nothing changes: no verdict in this wave.
    SUPPRESSED = "suppressed"
    LOW_RESPONSE = "low_response"
    RESPONSE_UNKNOWN = "response_unknown"
    # Level alerts.
    ABOVE_LEVEL = "above_level"
    ABOVE_LEVEL_AGAIN = "above_level_again"
    NEARLY_RAISED = "nearly_raised"
    NEARLY_CLEARED = "nearly_cleared"
    BELOW_LEVEL = "below_level"
    # Change alerts.
    NO_BASELINE = "no_baseline"
    NO_RISE = "no_rise"
    RISE_SEEN = "rise_seen"
    RISE_CONFIRMED = "rise_confirmed"
    RISE_LASTS = "rise_lasts"
    RISE_CALMING = "rise_calming"
    RISE_OVER = "rise_over"
    OTHER_ITEMS = "other_items"
    # Change and participation alerts.
    BASELINE_TOO_OLD = "baseline_too_old"
    # Participation alerts.
    RESPONSE_STEADY = "response_steady"
    RESPONSE_FELL = "response_fell"
    RESPONSE_LOW = "response_low"
    RESPONSE_RECOVERING = "response_recovering"
    RESPONSE_RECOVERED = "response_recovered"
