"""The item model: twelve five-point graded items that answer one latent trait.

    option = number of thresholds below trait + noise,   noise ~ N(0, 1), drawn for each item (probit graded response,
    Samejima, Psychometrika Monograph 17, 1969); a trait is the group's part + the person's part

The four constants were solved for, by quadrature, so that a person's mean over the items has mean 39, standard
deviation 18.6 within a group, alpha .83 and ICC(1) .107 on the scale of 0..100.
"""

import numpy as np
from scipy.special import ndtr

from diagnostics.core.arrays import Floats

ITEMS = 12
SIGNS = tuple((column, column + 1) for column in range(0, ITEMS, 2))
PERSON_SD, GROUP_SD = 0.68979, 0.26393
_CENTRE, _STEP = 0.44055, 0.80299
THRESHOLDS = _CENTRE + _STEP * (np.arange(4) - 1.5)
_POINTS = 25.0


def expected(trait: Floats) -> Floats:
    """The true score 0..100 of people with these traits: what their mean answer tends to."""
    steps: Floats = ndtr(trait[..., None] - THRESHOLDS).sum(axis=-1)
    return _POINTS * steps


def answer(rng: np.random.Generator, trait: Floats, difficulty: Floats | None = None) -> Floats:
    """Scores (people, ITEMS), 0..100; `difficulty` (ITEMS,) makes items harder to agree to than the others."""
    felt = trait[:, None] + rng.normal(size=(len(trait), ITEMS))
    if difficulty is not None:
        felt = felt - difficulty
    options: Floats = _POINTS * (felt[:, :, None] > THRESHOLDS).sum(axis=2)
    return options
