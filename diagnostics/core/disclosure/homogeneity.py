"""Answers too alike to be shown: a mean at which everybody must have said the same tells on each of them."""

from collections.abc import Sequence


def homogeneous(counts: Sequence[int]) -> bool:
    """Whether all, or all but one, chose the same risky option.

    `counts` has the people of each score value, the lowest risk (0) first. Everybody at the lowest risk is
    no secret worth hiding: it is shown as "5 or below".
    """
    total = sum(counts)
    return total > 0 and max(counts[1:], default=0) >= max(total - 1, 1)
