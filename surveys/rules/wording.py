"""Words for participation as it may be published, for HR's pages. Pure."""

from surveys.rules.english import format_count
from surveys.rules.participation import Participation, ParticipationCode, TargetStatus
from surveys.rules.rounding import band_text, rate_text

_TARGETS = {
    TargetStatus.TOO_FEW: "too few people to show",
    TargetStatus.NOT_YET: "from the first night on",
    TargetStatus.PROTECTED: "not shown",
    TargetStatus.REACHED: "at target",
    TargetStatus.BELOW: "below target",
}
_WITHOUT_NUMBERS = {
    ParticipationCode.NOT_YET: "shown once a day, from the first night on",
    ParticipationCode.TOO_FEW_SO_FAR: "too few people or answers to show while it is open",
    ParticipationCode.CLOSING: "shown once it is counted",
    ParticipationCode.COUNTED: "counted; how many answered is shown with its report",
    ParticipationCode.PURGED: "its answers were deleted when their time was over; the report stays",
}


def target_text(status: TargetStatus) -> str:
    """A group's response against its target."""
    return _TARGETS[status]


def participation_text(participation: Participation) -> str:
    """A wave's response."""
    code = participation.code
    if code == ParticipationCode.TOO_FEW:
        return f"fewer than {participation.min_group_size} answered: nothing was counted"
    if code == ParticipationCode.ABANDONED:
        subject = format_count(participation.ballots, "sealed ballot was", "sealed ballots were")
        return f"abandoned: {subject} deleted unread"
    if code in _WITHOUT_NUMBERS:
        return _WITHOUT_NUMBERS[code]
    share = rate_text(participation.rate) if participation.band is None else band_text(participation.band)
    if participation.people is None:
        return f"{share} people; how many were asked is not known"
    return f"{share} of {participation.people} people"
