"""What a low response does to a figure: people in unhappy groups answer less. All limits here are judgment."""

from collections.abc import Sequence
from enum import StrEnum

import numpy as np

from diagnostics.core.arrays import Codes, Floats
from surveys.rules.rounding import Band

# Shares 0..1 of the people, below which a response calls for a caution.
CAUTION_BELOW, NO_ALERT_BELOW = 0.5, 0.3
# How many points those who did not answer may differ from those who did.
SHIFT = 10.0


def response_of(bands: Sequence[Band], people: Codes | Sequence[int]) -> Floats:
    """Shares 0..1 of the people who answered, from the middles of the bands in which counts are published.

    So whatever is shown of what follows from a response, a caution or a non-response band, does not narrow its band.
    """
    middles = np.asarray(bands, dtype=np.float64).reshape(-1, 2).mean(axis=1)
    return np.asarray(middles / np.maximum(people, 1), dtype=np.float64)


def nonresponse_band(low: Floats, high: Floats, response: Floats) -> tuple[Floats, Floats]:
    """Intervals widened as if those who did not answer differed by SHIFT points; `response` is a share 0..1."""
    silent = SHIFT * (1 - np.asarray(response, dtype=np.float64))
    return np.clip(low - silent, 0.0, 100.0), np.clip(high + silent, 0.0, 100.0)


class Caution(StrEnum):
    """How far a figure may be trusted at its response."""

    NONE = "none"
    # Pages say that few answered.
    READ_WITH_CARE = "read_with_care"
    # So few answered that the figure raises no alert either.
    NO_ALERT = "no_alert"


def caution(response: float | None) -> Caution:
    """The caution at a response (share 0..1). An unknown one needs none: pages say that it is unknown."""
    if response is None:
        return Caution.NONE
    if response < NO_ALERT_BELOW:
        return Caution.NO_ALERT
    return Caution.READ_WITH_CARE if response < CAUTION_BELOW else Caution.NONE
