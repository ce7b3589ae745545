"""The answers of one wave: from stored bytes to a validated matrix, and from there to each person's scores."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from diagnostics.core.arrays import Bytes, Codes, Flags, Floats, Scores
from surveys.rules.limits import MISSING

LOWEST, HIGHEST = 0.0, 100.0
# A person has an index from this many core scales on, and can be marked careless from this many answers on.
CORE_SCALES_NEEDED = 4
CARELESS_ITEMS_NEEDED = 5


@dataclass(frozen=True, eq=False)
class Answers:
    """Scored answers of all respondents of a wave.

    Raises ValueError when shapes or ranges do not fit, or a group has more respondents than members.
    """

    # (respondents, items), 0..100 with 100 = risk; NaN where missing.
    values: Scores
    # (respondents,): each respondent's group as a code 0..n_groups - 1.
    groups: Codes
    # (n_groups,): the groups' people on the roster; None where that is unknown.
    headcounts: Codes | None
    # How many groups there are, also those in which nobody answered.
    n_groups: int

    def __post_init__(self) -> None:
        _check_values(self.values)
        _check_groups(self.groups, len(self.values), self.n_groups)
        if self.headcounts is not None:
            _check_headcounts(self.headcounts, self.groups, self.n_groups)

    @property
    def n_respondents(self) -> int:
        return len(self.values)


def decode(raw: Bytes, option_values: Sequence[Sequence[float]]) -> NDArray[np.float32]:
    """Turn option codes (respondents, items) into scores; the result is stored item by item.

    `option_values[j][code]` is the score of item j's option; MISSING becomes NaN.
    Raises ValueError for a code that is none of the item's options.
    """
    if raw.ndim != 2 or raw.dtype != np.uint8:
        raise ValueError(f"Raw answers must be a uint8 matrix, got {raw.dtype} with shape {raw.shape}.")
    if raw.shape[1] != len(option_values):
        raise ValueError(f"Raw answers have {raw.shape[1]} items, the option table has {len(option_values)}.")
    values = np.empty(raw.shape, dtype=np.float32, order="F")
    for item, options in enumerate(option_values):
        column = np.ascontiguousarray(raw[:, item])
        values[:, item] = _lookup_table(item, options)[column]
        if np.isinf(values[:, item]).any():
            code = int(column[np.isinf(values[:, item])][0])
            raise ValueError(f"Item {item} has {len(options)} options, but an answer has the code {code}.")
    return values


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


def _lookup_table(item: int, options: Sequence[float]) -> NDArray[np.float32]:
    scores = np.asarray(options, dtype=np.float32)
    if not 0 < len(scores) <= MISSING or not ((scores >= LOWEST) & (scores <= HIGHEST)).all():
        raise ValueError(f"Item {item} needs 1 to {MISSING} options with scores from 0 to 100, got {options}.")
    # Infinity marks the codes that no option has: one pass then both translates and checks.
    table = np.full(MISSING + 1, np.inf, dtype=np.float32)
    table[: len(scores)] = scores
    table[MISSING] = np.nan
    return table


def _check_values(values: Scores) -> None:
    if values.ndim != 2 or not np.issubdtype(values.dtype, np.floating):
        raise ValueError(f"Values must be a float matrix, got {values.dtype} with shape {values.shape}.")
    if values.size == 0:
        return
    lowest, highest = np.fmin.reduce(values, axis=None), np.fmax.reduce(values, axis=None)
    if lowest < LOWEST or highest > HIGHEST:
        raise ValueError(f"Values must lie from 0 to 100 or be missing, got {lowest:g} to {highest:g}.")


def _check_groups(groups: Codes, n_respondents: int, n_groups: int) -> None:
    if groups.shape != (n_respondents,) or not np.issubdtype(groups.dtype, np.integer):
        raise ValueError(
            f"Groups must be one integer for each of {n_respondents} respondents, "
            f"got {groups.dtype} with shape {groups.shape}."
        )
    if len(groups) and (groups.min() < 0 or groups.max() >= n_groups):
        raise ValueError(f"Group codes must lie from 0 to {n_groups - 1}.")


def _check_headcounts(headcounts: Codes, groups: Codes, n_groups: int) -> None:
    if headcounts.shape != (n_groups,) or not np.issubdtype(headcounts.dtype, np.integer) or (headcounts < 0).any():
        raise ValueError(f"Headcounts must be one integer for each of {n_groups} groups, none below 0.")
    crowded = np.flatnonzero(np.bincount(groups, minlength=n_groups) > headcounts)
    if len(crowded):
        raise ValueError(f"Group {crowded[0]} has more respondents than members.")


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
