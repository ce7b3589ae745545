"""What may be published of participation (docs/anonymity.md): coarse while a wave is open, in bands once it is counted.

All that comes out of here is codes and numbers; surveys.rules.wording makes sentences of them.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from surveys.rules.limits import MIN_TARGET_SIZE
from surveys.rules.rounding import BAND, RATE_STEP, Band, GroupResponse, Rate, band_of, rate_of


class TargetStatus(StrEnum):
    """What may be published of one group's response while its wave is open."""

    # The group has too few people.
    TOO_FEW = "too_few"
    # No night has passed since the opening.
    NOT_YET = "not_yet"
    # Somebody of the group was erased from the roster since.
    PROTECTED = "protected"
    REACHED = "reached"
    BELOW = "below"


class ParticipationCode(StrEnum):
    """What may be published of a whole wave's response."""

    # Open, before the first night.
    NOT_YET = "not_yet"
    # Open, with too few people or answers.
    TOO_FEW_SO_FAR = "too_few_so_far"
    # Open or closing: a rate, of `people`.
    RATE_SO_FAR = "rate_so_far"
    # Closing, with nothing published yet.
    CLOSING = "closing"
    # Counted, with nothing published yet.
    COUNTED = "counted"
    # Counted: fewer than the minimum group size answered, so nothing was counted.
    TOO_FEW = "too_few"
    # Counted: a band, of `people` where that is known.
    COUNTED_BAND = "counted_band"
    # Counted: a rate that is true of the whole band, of `people`.
    COUNTED_RATE = "counted_rate"
    # Its key never came back: `ballots` were deleted unread.
    ABANDONED = "abandoned"
    # Its answers were deleted when their time was over.
    PURGED = "purged"


@dataclass(frozen=True)
class Participation:
    """A code with its arguments."""

    code: ParticipationCode
    # How many were invited; None where it is not known, or not said.
    people: int | None = None
    # The response rate; of the codes with RATE only.
    rate: Rate | None = None
    # That of the number who answered; of COUNTED_BAND only.
    band: Band | None = None
    # The wave's minimum group size; 0 where it plays no part.
    min_group_size: int = 0
    # How many sealed ballots were deleted unread.
    ballots: int = 0


def open_percent(groups: Iterable[tuple[int, int]], *, min_group_size: int) -> int | None:
    """The company's response in percent, in steps of 5, 90 at most, of (answered, people) of each reporting group.

    It is made of the lower ends of the groups' bands alone, and of half a band for each group whatever its count. After
    counting these ends are the same or higher, and published: so what was shown before tells no more. The company's
    own band would narrow the wider one in which bands of groups that add up are published. None while fewer than
    `min_group_size` have answered, and where a step of 5 % is fewer people than that.
    """
    counts = list(groups)
    people = sum(people_of_group for _, people_of_group in counts)
    if sum(answered for answered, _ in counts) < min_group_size or people * RATE_STEP < 100 * min_group_size:
        return None
    low = sum(_lower_end(*count, min_group_size) for count in counts)
    return rate_of(low, low + (BAND - 1) * len(counts), people).percent


def _lower_end(answered: int, people: int, min_group_size: int) -> int:
    """The lower end of a group's band; 0 below the minimum, where a group is merged with another one at closing."""
    return 0 if answered < min_group_size else band_of(answered, people, min_group_size=min_group_size).low


def at_target(*, answered: int, invited: int, erased: int, min_group_size: int, target: int) -> bool | None:
    """Whether a group's response, as its band tells it, has reached `target` percent.

    By the count itself, the target would divide a band: 14 of 22 is at 60 %, and of 10 to 14 only the last. Fewer than
    `min_group_size` never have: at closing their group is merged, and nothing but that is published of their number.
    None, not published, of fewer than 10 people or than `min_group_size`, and where somebody was erased from the roster
    since.
    """
    if erased or invited < max(MIN_TARGET_SIZE, min_group_size):
        return None
    if answered < min_group_size:
        return False
    return rate_of(*band_of(answered, invited, min_group_size=min_group_size), invited).percent >= target


def target_status(reached: bool | None, *, people: int, min_group_size: int, refreshed: bool) -> TargetStatus:
    """What `at_target` gave, and why it gave nothing; `refreshed` once a night has passed since the opening."""
    if people < max(MIN_TARGET_SIZE, min_group_size):
        return TargetStatus.TOO_FEW
    if reached is None:
        return TargetStatus.PROTECTED if refreshed else TargetStatus.NOT_YET
    return TargetStatus.REACHED if reached else TargetStatus.BELOW


def open_participation(percent: int, *, people: int) -> Participation:
    """What `open_percent` gave, which is about right, its highest step too."""
    return Participation(ParticipationCode.RATE_SO_FAR, people=people, rate=Rate(percent))


def counted_participation(response: GroupResponse | None, *, people: int | None) -> Participation:
    """The response of a counted wave: its band, or no more than that nearly everybody answered.

    It is the company's `response` as the report has it: a page that judged by the count would together with it give
    the count away. None while the wave has no report. `people` is None where it is not known how many were asked.
    """
    if response is None:
        return Participation(ParticipationCode.COUNTED)
    if response.band is None:
        return Participation(ParticipationCode.TOO_FEW, min_group_size=response.min_group_size)
    if response.rate is not None and response.rate.at_least:
        return Participation(ParticipationCode.COUNTED_RATE, people=people, rate=response.rate)
    return Participation(ParticipationCode.COUNTED_BAND, people=people, band=response.band)
