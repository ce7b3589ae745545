"""The pair map of the demo's company, wave by wave, as its people answer: audited by linear algebra."""

import uuid
from collections import defaultdict

import pytest

from config.demo import respondents
from config.demo.company import COUNTERPARTS, DEPARTMENTS, people
from diagnostics.choices import RaterKind
from diagnostics.core.disclosure.pairs import raters_at_least, suppress_crossing_cells
from diagnostics.core.disclosure.pairs_audit import leaks
from diagnostics.scoring.key import NEEDED, WORKED, PairScoringKey
from diagnostics.scoring.pairs.compute import compute_pairs
from diagnostics.scoring.pairs.ends import pair_ends
from diagnostics.scoring.pairs.ratings import RatingTable, rated_directions
from surveys.roster.tree import CompanyDepartments, group_key
from surveys.rules.limits import MIN_GROUP_SIZE
from surveys.selectors.results import FinalGroup, RatingBlock

SCORING_KEY = PairScoringKey(((0.0, 25.0, 50.0, 75.0, 100.0),) * 3, 100.0)
IDS = {name: number for number, (name, _, _) in enumerate(DEPARTMENTS, start=1)}
COMPANY = CompanyDepartments.from_rows((IDS[name], name, IDS.get(parent)) for name, parent, _ in DEPARTMENTS)
POOLED = ("Finance", "Legal")


def groups():
    """The reporting groups that the demo opens with: Legal is reported together with Finance."""
    sizes = {name: size for name, _, size in DEPARTMENTS if size and name not in POOLED}
    sets = [(name,) for name in sizes] + [POOLED]
    return [
        FinalGroup(
            id=uuid.uuid5(uuid.NAMESPACE_DNS, names[0]),
            key=group_key(IDS[name] for name in names),
            name=", ".join(names),
            departments=tuple(sorted(IDS[name] for name in names)),
            parent=COMPANY.tree.parent(IDS[names[0]]),
            division=COMPANY.tree.parent(IDS[names[0]]) or IDS[names[0]],
            people=sum(size for name, _, size in DEPARTMENTS if name in names),
        )
        for names in sets
    ]


def blocks(wave, counted):
    """The ratings as closing stores them."""
    group_of = {department: group for group in counted for department in group.departments}
    ratings_of = defaultdict(list)
    for person in people():
        if respondents.answers_before_reminder(person, wave):
            for other in [rated for rater, rated in COUNTERPARTS if rater == person.department]:
                ratings_of[group_of[IDS[person.department]], IDS[other]].append(rating(person, wave, other))
    found, leftover = [], defaultdict(list)
    for (group, other), ratings in ratings_of.items():
        if len(ratings) >= MIN_GROUP_SIZE:
            found.append(RatingBlock(group.id, None, other, b"".join(ratings)))
        else:
            leftover[group.division, other] += ratings
    return found + [
        RatingBlock(None, division, other, b"".join(ratings))
        for (division, other), ratings in leftover.items()
        if len(ratings) >= MIN_GROUP_SIZE
    ]


def rating(person, wave, other):
    if respondents.misses(person, wave, other):
        return bytes([NEEDED, 255, 255, 255])
    scores = [respondents.opinion_of_counterpart(person, wave, other, f"item_{number}") for number in range(3)]
    return bytes([WORKED, *(min(max(round(score / 25), 0), 4) for score in scores)])


def pair_map(wave):
    counted = groups()
    stored = blocks(wave, counted)
    ends = pair_ends(counted, COMPANY, {block.counterpart for block in stored}, company="Northwind")
    table = RatingTable(SCORING_KEY, ends, stored)
    pairs = compute_pairs(SCORING_KEY, ends, stored, min_group_size=MIN_GROUP_SIZE)
    return table.atoms, [cell.crossing_cell for cell in rated_directions(table)], pairs


def name_of(cell):
    return f"{cell.rater_kind} {cell.rater.key} {cell.rated.key}"


@pytest.mark.parametrize("wave", range(1, 7))
def test_nothing_that_the_demo_hides_can_be_computed(wave):
    atoms, crossing_cells, pairs = pair_map(wave)
    figures = {name_of(cell) for cell in pairs.directions if not cell.rule}
    shares = {name_of(cell) for cell in pairs.directions if not cell.share_rule}
    assert figures == {cell.id for cell in crossing_cells} - set(suppress_crossing_cells(atoms, crossing_cells).figures)
    assert len(figures) > 20
    assert leaks(atoms, crossing_cells, figures=figures, shares=shares, min_group_size=MIN_GROUP_SIZE) == []


def test_the_audit_would_find_what_the_demo_hides():
    """Negative control: with every share that has ten raters shown, some mean of fewer than five can be computed."""
    found = []
    for wave in range(1, 7):
        atoms, crossing_cells, _ = pair_map(wave)
        by_key = {atom.key: atom for atom in atoms}
        everything = {cell.id for cell in crossing_cells}
        shares = {
            cell.id
            for cell in crossing_cells
            if raters_at_least((key[1], sum(by_key[key].contact)) for key in cell.members) >= 10
        }
        found += leaks(atoms, crossing_cells, figures=everything, shares=shares, min_group_size=MIN_GROUP_SIZE)
    assert found != []


def test_the_pair_in_conflict_is_the_highest_in_every_wave():
    for wave in range(1, 7):
        *_, pairs = pair_map(wave)
        direct = [pair for pair in pairs.pairs if pair.rater_kind == RaterKind.GROUP]
        highest = max(direct, key=lambda pair: pair.figure.value)
        assert {highest.first.name, highest.second.name} == {"Marketing", "Sales"}
