"""From a person's answers to scale scores, the index, and a mark for careless answering."""

from collections.abc import Sequence

import numpy as np

from diagnostics.core.arrays import Bytes, Flags, Floats, Scores

CORE_SCALES_NEEDED = 4
CARELESS_ITEMS_NEEDED = 5


def scale_scores(values: Scores, columns: Sequence[int]) -> Floats:
    """Each person's mean (n,) over the answered items among `columns`; NaN where none was answered."""
    return _mean_of_present([values[:, column] for column in columns], minimum=1)


def person_index(core_scores: Sequence[Scores], *, minimum: int = CORE_SCALES_NEEDED) -> Floats:
    """Equal-weight mean (n,) of a person's core scale scores; NaN where fewer than `minimum` are there."""
    return _mean_of_present(core_scores, minimum=minimum)


def careless(raw: Bytes, values: Scores, *, minimum_items: int = CARELESS_ITEMS_NEEDED) -> Flags:
    """Who ticked one and the same option throughout (n,), other than the lowest risk.

    Option codes decide, not scores, so that a reversed item does not hide a straight line. People with
    fewer than `minimum_items` answers are never marked: a short straight line says nothing.
    """
    first = np.full(len(raw), -1, dtype=np.int16)
    answered = np.zeros(len(raw), dtype=np.int32)
    same = np.ones(len(raw), dtype=bool)
    risky = np.zeros(len(raw), dtype=bool)
    for item in range(raw.shape[1]):
        given = ~np.isnan(values[:, item])
        codes = raw[:, item].astype(np.int16)
        first = np.where(given & (first < 0), codes, first)
        same &= ~given | (codes == first)
        risky |= given & (values[:, item] > 0)
        answered += given
    return same & risky & (answered >= minimum_items)


def _mean_of_present(columns: Sequence[Scores], *, minimum: int) -> Floats:
    if not columns:
        raise ValueError("A score needs at least one column.")
    total = np.zeros(len(columns[0]))
    present = np.zeros(len(columns[0]), dtype=np.int32)
    for column in columns:
        given = ~np.isnan(column)
        np.add(total, column, out=total, where=given)
        present += given
    means = np.full(len(total), np.nan)
    np.divide(total, present, out=means, where=present >= max(minimum, 1))
    return means
