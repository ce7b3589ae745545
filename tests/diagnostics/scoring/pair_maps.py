"""Random pair maps of eight departments in two divisions."""

from diagnostics.core.disclosure.pairs import suppress_crossing_cells
from diagnostics.scoring.key import NEEDED, WORKED, PairScoringKey
from diagnostics.scoring.pairs.ends import pair_ends
from diagnostics.scoring.pairs.ratings import RatingTable, order_directions, rated_directions, rater_bands
from surveys.roster.tree import CompanyDepartments, DepartmentTree, group_key
from surveys.rules.limits import MIN_GROUP_SIZE
from surveys.selectors.results import FinalGroup, RatingBlock

KEY = PairScoringKey(option_values=((0.0, 25.0, 50.0, 75.0, 100.0),), without_contact=100.0)
DIVISIONS = {1: None, 2: None} | {number: 1 + number % 2 for number in range(3, 11)}
NAMES = {number: f"D{number}" for number in DIVISIONS}


def pair_map(rng, *, least=MIN_GROUP_SIZE, draw=None, few=0):
    """Eight departments in two divisions, of which many rate each other: (table, cells, suppression).

    `least` is the minimum group size; `draw(rng)` makes the ratings of one direction; where they are fewer than `few`,
    they are stored by division, as counting does it.
    """
    groups = reporting_groups([int(rng.integers(25, 60)) for _ in range(3, 11)])
    given = {
        (group, rated): (draw or ratings)(rng)
        for group in groups
        for rated in range(3, 11)
        if rated not in group.departments and rng.random() < 0.6
    }
    blocks = list(stored(given, few=few))
    return judged_map(groups, blocks, least=least)


def judged_map(groups, blocks, *, least=MIN_GROUP_SIZE):
    """(table, cells, suppression) of some ratings of the eight departments."""
    departments = CompanyDepartments(NAMES, DepartmentTree(DIVISIONS))
    ends = pair_ends(groups, departments, set(range(3, 11)), company="Northwind")
    table = RatingTable(KEY, ends, blocks, min_group_size=least)
    found = rated_directions(table)
    cells = order_directions(found, rater_bands(found, table))
    suppression = suppress_crossing_cells(table.atoms, [cell.crossing_cell for cell in cells], min_group_size=least)
    return table, cells, suppression


def reporting_groups(people):
    """The eight departments, each a group, with their headcounts."""
    return [
        FinalGroup(
            id=f"g{number}",
            key=group_key([number]),
            name=NAMES[number],
            departments=(number,),
            parent=DIVISIONS[number],
            division=DIVISIONS[number],
            people=count,
        )
        for number, count in enumerate(people, start=3)
    ]


def stored(given, *, few):
    """The blocks of {(group, rated): ratings}."""
    together = {}
    for (group, rated), answers in given.items():
        if len(answers) // KEY.width < few:
            place = (group.division, rated)
            together[place] = together.get(place, b"") + answers
        else:
            yield RatingBlock(group=group.id, division=None, counterpart=rated, answers=answers)
    for (division, rated), answers in together.items():
        yield RatingBlock(group=None, division=division, counterpart=rated, answers=answers)


def ratings(rng):
    count, avoided = int(rng.integers(5, 25)), rng.choice([0.1, 0.4, 0.7])
    worked = [bytes([WORKED, int(rng.integers(0, 5))]) for _ in range(count)]
    return b"".join(bytes([NEEDED, 255]) if rng.random() < avoided else rating for rating in worked)
