"""Mixtures of normals with shared weights: the shape of every posterior on the tau grid."""

from dataclasses import dataclass

import numpy as np
from scipy.special import ndtr, ndtri

from diagnostics.core.arrays import Floats

# 2^-40 of a bracket that is at most some hundred points wide: far below what a float32 score resolves.
_HALVINGS = 40


@dataclass(frozen=True, eq=False)
class Mixture:
    """One mixture a row: `weights` (T,) sum to 1, `means` and `sds` are (rows, T)."""

    weights: Floats
    means: Floats
    sds: Floats

    def mean(self) -> Floats:
        mean: Floats = self.means @ self.weights
        return mean

    def above(self, point: float | Floats) -> Floats:
        """P(theta > point) of each row; `point` is one number or one a row."""
        points = np.broadcast_to(np.asarray(point, dtype=np.float64), len(self.means))
        probability: Floats = ndtr((self.means - points[:, None]) / self.sds) @ self.weights
        # Weights that sum to 1 only up to rounding can carry a certain event past 1.
        return np.minimum(probability, 1.0)

    def quantile(self, share: float) -> Floats:
        """The point of each row below which `share` (0..1, ends excluded) of it lies, by bisection."""
        if not 0 < share < 1:
            raise ValueError(f"A quantile needs a share between 0 and 1, got {share}.")
        # A mixture's quantile lies between the smallest and the largest of its components'.
        parts = self.means + ndtri(share) * self.sds
        low, high = parts.min(axis=1), parts.max(axis=1)
        middle: Floats = (low + high) / 2
        for _ in range(_HALVINGS):
            too_low = self.above(middle) > 1 - share
            low, high = np.where(too_low, middle, low), np.where(too_low, high, middle)
            middle = (low + high) / 2
        return middle
