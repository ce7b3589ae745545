"""How much is known of those who come, go and move, and what it costs to publish less.

Run as `python -m tests.benchmarks.bench_changes`; takes a minute. The first table has R² of somebody who left, by how
much answers stay the same (rho) and by the size of the department. The second is what no rule of two publications sees:
six waves before somebody left and six after. The third has the share of department-months that are suppressed in
companies of which 2 % leave and 2 % join each month.
"""

from collections import Counter
from itertools import count, islice

import numpy as np

from diagnostics.core.disclosure.changes import WaveBlocks, blocks_to_suppress
from diagnostics.core.disclosure.prediction import Cohort, TimedCell, explained_shares
from diagnostics.core.disclosure.reasons import SuppressionRule
from diagnostics.core.disclosure.tree import TreeCell, suppress
from surveys.rules.rounding import BAND
from tests.diagnostics.core.leavers import leaver_share

CORRELATIONS = (0.5, 0.6, 0.7, 0.8, 0.9)
SIZES = (6, 8, 9, 10, 12, 15, 20, 30)
MINIMUM = 5
COMPANIES, MONTHS, DEPARTMENTS, MOVING = 40, 6, 24, 0.002
LEAVING = JOINING = 0.02


def table_of_leavers():
    print("R² of one who left, of a department of n who answered; at most .2 is allowed")
    print("rho   " + "".join(f"{size:>7}" for size in SIZES))
    for correlation in CORRELATIONS:
        print(f"{correlation:<6}" + "".join(f"{leaver_share(size, correlation=correlation):7.3f}" for size in SIZES))


def company(rng):
    """Departments of 8 to 30 people; month by month who was in each before, who is now, and the moves."""
    sizes = rng.integers(8, 31, DEPARTMENTS)
    people = [list(range(1000 * place, 1000 * place + size)) for place, size in enumerate(sizes)]
    newest = count(1_000_000)
    for _ in range(MONTHS):
        before, people = people, [[] for _ in people]
        for place, members in enumerate(before):
            for person in members:
                if rng.random() >= LEAVING:
                    people[int(rng.integers(DEPARTMENTS)) if rng.random() < MOVING else place].append(person)
            people[place] += islice(newest, int(rng.binomial(len(members), JOINING)))
        where = {person: place for place, members in enumerate(people) for person in members}
        both = [(place, person) for place, members in enumerate(before) for person in members if person in where]
        yield before, people, Counter((place, where[person]) for place, person in both)


def cells_of(respondents, changed):
    names = [f"g{place}" for place in range(DEPARTMENTS)]
    divisions = {f"d{first // 4}": sum(respondents[first : first + 4]) for first in range(0, DEPARTMENTS, 4)}
    imposed = dict.fromkeys(changed, SuppressionRule.CHANGED)
    return [
        TreeCell("company", None, sum(respondents), imposed=imposed.get("company")),
        *(
            TreeCell(name, "company", size, imposed=imposed.get(name), order=size // BAND)
            for name, size in divisions.items()
        ),
        *(
            TreeCell(name, f"d{place // 4}", size, imposed=imposed.get(name), order=size // BAND)
            for place, (name, size) in enumerate(zip(names, respondents, strict=True))
        ),
    ]


def blocks_of(rules):
    def block(place):
        return next((name for name in (f"g{place}", f"d{place // 4}", "company") if name not in rules), None)

    return [block(place) for place in range(DEPARTMENTS)]


def suppress_month(step, published, response, correlation):
    """The rules of this month beside the blocks that were published before, and the cells that the rule is about."""
    before, people, moves = step
    asked_before, asked = [len(members) for members in before], [len(members) for members in people]
    answered_before, answered = ([round(response * size) for size in sizes] for sizes in (asked_before, asked))
    first, changed = WaveBlocks(published, answered_before, asked_before), set()
    while True:
        cells = cells_of(answered, changed)
        rules = suppress(cells)
        now, order = WaveBlocks(blocks_of(rules), answered, asked), {cell.id: cell.order for cell in cells}
        more = blocks_to_suppress(first, now, moves, order=order, min_group_size=MINIMUM, correlation=correlation)
        if not more:
            return rules, changed
        changed |= set(more)


def share_suppressed(response, correlation):
    """Shares of department-months: suppressed by the rule itself, in all, and with any change of people at all."""
    by_rule = suppressed = touched = months = 0
    for seed in range(COMPANIES):
        rng = np.random.default_rng(seed)
        published = None
        for step in company(rng):
            before, people, _ = step
            if published is None:
                published = blocks_of(suppress(cells_of([round(response * len(members)) for members in before], set())))
            rules, changed = suppress_month(step, published, response, correlation)
            published = blocks_of(rules)
            months += DEPARTMENTS
            by_rule += sum(name.startswith("g") for name in changed)
            suppressed += sum(f"g{place}" in rules for place in range(DEPARTMENTS))
            touched += sum(set(members) != set(others) for members, others in zip(before, people, strict=True))
    return by_rule / months, suppressed / months, touched / months


def table_of_cost():
    print(
        f"\nDepartment-months suppressed: {COMPANIES} companies, {MONTHS} months, {DEPARTMENTS} departments of 8 to 30"
    )
    print(f"{'rho':<6}{'response':>10}{'for a change':>14}{'in all':>9}{'changed at all':>17}")
    for response in (1.0, 0.7):
        for correlation in CORRELATIONS:
            by_rule, suppressed, touched = share_suppressed(response, correlation)
            print(f"{correlation:<6}{response:>10.0%}{by_rule:>14.1%}{suppressed:>9.1%}{touched:>17.1%}")


def table_of_what_is_left():
    print("\nR² of one who left after six waves and before six more, nothing else changing")
    print("rho   " + "".join(f"{size:>7}" for size in SIZES))
    for correlation in CORRELATIONS:
        shares = []
        for size in SIZES:
            cells = [TimedCell("a", period) for period in range(12)]
            cohorts = [Cohort(size - 1, frozenset(cells)), Cohort(1, frozenset(cells[:6]))]
            shares.append(explained_shares(cohorts, correlation=correlation)[1])
        print(f"{correlation:<6}" + "".join(f"{share:7.3f}" for share in shares))


if __name__ == "__main__":
    table_of_leavers()
    table_of_what_is_left()
    table_of_cost()
