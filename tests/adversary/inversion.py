"""An attacker who has what a wave publishes and the method, and asks how many people a figure can come from.

Own formulas throughout: nothing here is imported from what it attacks. A count *fits* where answers of so many people
would have been published in the very same way, by any method that the product ever had.
"""

import math
from statistics import NormalDist

Z = NormalDist().inv_cdf(0.95)
ENOUGH = 3
# Shares are published in steps: of 10 % from this count on, of 5 % from that.
COARSE_FROM, FINER_FROM = 10, 20


def wilson(share, people):
    centre = (share * people + Z**2 / 2) / (people + Z**2)
    half = Z * math.sqrt(share * (1 - share) * people + Z**2 / 4) / (people + Z**2)
    return centre - half, centre + half


def whole(percent):
    return min(max(math.floor(percent + 0.5), 5), 95)


def triple_of(share, people):
    return tuple(whole(100 * end) for end in (share, *wilson(share, people)))


def bands(people, least=5):
    """The bands in which counts of `people` are published, None of an unknown number."""
    if people is None:
        return [(start, start + 4) for start in range(0, 500, 5)]
    last = -(-9 * people // 10) // 5 * 5
    return [(start, start + 4) for start in range(0, last, 5)] + [(last, people)]


def fits_exactly(count, triple):
    """Whether so many people give this share and interval, in whole percents of the share itself."""
    return any(triple_of(agreeing / count, count) == triple for agreeing in range(count + 1))


def fits_coarsely(count, triple, first):
    """The same where the share is in steps, and the interval is that of the band's `first` count around it."""
    step = 5 if first >= FINER_FROM else 10
    steps = [min(max(math.floor(100 * agreeing / count / step + 0.5) * step, 10), 90) for agreeing in range(count + 1)]
    return triple[0] in steps and triple_of(triple[0] / 100, first) == triple


def share_fits(triple, band, *, people):
    """The counts that a share may come from: those of the band of answers, or else of lower ones.

    Who answers at all mostly answers each question, so the attacker tries the band of answers first.
    """
    low, high = band
    found = {
        count
        for first, last in bands(people)
        for count in range(max(first, 1), min(last, high) + 1)
        if fits_exactly(count, triple) or (first >= COARSE_FROM and fits_coarsely(count, triple, first))
    }
    return sorted(count for count in found if count >= low) or sorted(found)


def holds_three(band):
    return band[1] - band[0] + 1 >= ENOUGH


def power_fits(rows, band, *, people):
    """The company's counts that a power table may come from. `rows` are (people of a department, answering)."""
    middle = sum(band) / 2 / people

    def expected(response):
        return [round(response * size) for size, _ in rows]

    published = [answering for _, answering in rows]
    if published == expected(middle):
        return list(range(band[0], band[1] + 1))
    return [count for count in range(band[0], band[1] + 1) if published == expected(count / people)]


def counts_left(parents, bands):
    """(least, most) of each node that bands which add up leave; `parents` has the node above each, None at the top.

    Each whole is the sum of its parts, which leaves each part the whole less the others; again until nothing moves.
    """
    parts = {}
    for node, parent in parents.items():
        if parent is not None:
            parts.setdefault(parent, []).append(node)
    left = {node: tuple(band) for node, band in bands.items()}
    while True:
        before = dict(left)
        for whole, below in parts.items():
            low, high = (sum(left[part][end] for part in below) for end in (0, 1))
            left[whole] = max(left[whole][0], low), min(left[whole][1], high)
            for part in below:
                least, most = left[part]
                left[part] = max(least, left[whole][0] - high + most), min(most, left[whole][1] - low + least)
        if left == before:
            return left


def too_few_left(parents, bands):
    """The nodes of which the sums leave fewer than three counts, though their own band, and that of the sum of what
    lies below them, holds three.
    """
    left, wholes = counts_left(parents, bands), set(parents.values())
    alone = counts_left(parents, {node: (0, 10**6) if node in wholes else band for node, band in bands.items()})
    return [
        node
        for node, (low, high) in left.items()
        if high - low + 1 < ENOUGH <= min(size(bands[node]), size(alone[node]) if node in wholes else ENOUGH)
    ]


def size(band):
    return band[1] - band[0] + 1
