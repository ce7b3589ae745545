"""What silence may hide: people in unhappy groups answer less. Bounds and limits are judgment."""

from functools import partial

import numpy as np

from diagnostics.core.arrays import Codes, Floats
from surveys.rules.limits import MIN_GROUP_SIZE
from surveys.rules.rounding import band_of

OK, CAUTION, NO_ALERT = "ok", "caution", "no_alert"
CAUTION_BELOW = 0.5
NO_ALERT_BELOW = 0.3
SHIFT = 10.0


def response_of(respondents: Codes | int, people: Codes | int, *, min_group_size: int = MIN_GROUP_SIZE) -> Floats:
    """Shares 0..1 of the people who answered, from the middles of the bands in which counts are published.

    So whatever is shown of what follows from a response, a caution or a non-response band, does not narrow its band.
    """
    return np.asarray(_middle(respondents, people, min_group_size), dtype=np.float64)


@partial(np.vectorize, otypes=[np.float64])
def _middle(respondents: int, people: int, min_group_size: int) -> float:
    return sum(band_of(respondents, people, min_group_size=min_group_size)) / 2 / max(people, 1)


def nonresponse_band(low: Floats, high: Floats, response: Floats) -> tuple[Floats, Floats]:
    """Widen intervals as if the silent were up to 10 points apart; `response` is a share 0..1."""
    silent = SHIFT * (1 - np.asarray(response, dtype=np.float64))
    return np.clip(low - silent, 0.0, 100.0), np.clip(high + silent, 0.0, 100.0)


def caution(response: float | None) -> str:
    """How far a figure may be trusted at this response (share 0..1): OK, CAUTION, or NO_ALERT.

    None, an unknown response, is OK: pages say that it is unknown, and there is no more to say.
    """
    if response is None:
        return OK
    if response < NO_ALERT_BELOW:
        return NO_ALERT
    return CAUTION if response < CAUTION_BELOW else OK
