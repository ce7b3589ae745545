"""What keeps a wave from opening, as codes. Pure."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum


class ObstacleCode(StrEnum):
    """Why a planned wave does not open."""

    # The survey reaches fewer people than the minimum group size.
    TOO_FEW_PEOPLE = "too_few_people"
    # Without those whom another wave has asked in the same period, it reaches fewer.
    ASKED_RECENTLY = "asked_recently"
    # The trustee's key is not the one that was set.
    TRUSTEE_KEY_CHANGED = "trustee_key_changed"
    # The wave before it is not counted.
    WAVE_BEFORE = "wave_before"
    # Nothing is in its way, but no worker has opened it.
    NOT_TAKEN = "not_taken"


@dataclass(frozen=True)
class Obstacle:
    """One reason with its numbers."""

    code: ObstacleCode
    # How many people the wave reaches; of TOO_FEW_PEOPLE and ASKED_RECENTLY only.
    people: int = 0
    # How many it needs; of these only too.
    needed: int = 0
    # How many it leaves out; of ASKED_RECENTLY only.
    left_out: int = 0
    # From when on all of those may be asked.
    free_from: dt.date = dt.date.min
    # The number of the wave before; of WAVE_BEFORE only.
    wave: int = 0
