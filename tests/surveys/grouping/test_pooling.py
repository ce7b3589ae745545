"""Pools before a wave and merges after it are one rule."""

from hypothesis import given
from hypothesis import strategies as st

from surveys.grouping.pooling import Pool, join_small_pools, places_of_people
from surveys.roster.tree import DepartmentTree

# 1 Commercial: 2 Marketing, 3 Sales, 4 Design; 5 Operations: 6 Plant, 7 Depot; 8 Legal
PARENTS = {1: None, 2: 1, 3: 1, 4: 1, 5: None, 6: 5, 7: 5, 8: None}
TREE = DepartmentTree(PARENTS)


def pools_of(sizes, *, minimum=8, parents=PARENTS):
    return [Pool(frozenset([department]), parents[department], size, minimum) for department, size in sizes.items()]


def pooled(pools, tree=TREE, counterparts=()):
    return join_small_pools(pools, tree, counterparts=counterparts)[0]


def sets(pools):
    return {tuple(sorted(pool.departments)): pool.size for pool in pools}


def test_a_department_that_is_large_enough_reports_by_itself():
    assert sets(pooled(pools_of({2: 8, 3: 30}))) == {(2,): 8, (3,): 30}


def test_a_small_one_joins_the_smallest_under_the_same_parent():
    assert sets(pooled(pools_of({2: 20, 3: 30, 4: 3}))) == {(2, 4): 23, (3,): 30}


def test_it_goes_on_joining_until_the_pool_is_large_enough():
    assert sets(pooled(pools_of({2: 3, 3: 4, 4: 3, 6: 20}))) == {(2, 3, 4): 10, (6,): 20}


def test_without_a_sibling_it_goes_up_to_its_parents_level():
    result = pooled(pools_of({6: 3, 2: 20, 3: 25, 8: 9}))
    assert sets(result) == {(2,): 20, (3,): 25, (6, 8): 12}
    assert {pool.parent for pool in result if 6 in pool.departments} == {None}


def test_at_the_top_without_a_neighbour_it_joins_the_smallest_below():
    assert sets(pooled(pools_of({6: 3, 2: 20, 3: 25}))) == {(2, 6): 23, (3,): 25}


def test_mapped_counterparts_are_kept_apart_while_another_choice_exists():
    pairs = [frozenset({4, 2})]
    assert sets(pooled(pools_of({2: 20, 3: 30, 4: 3}), counterparts=pairs)) == {(2,): 20, (3, 4): 33}
    assert sets(pooled(pools_of({2: 20, 4: 3, 8: 50}), counterparts=pairs)) == {(2,): 20, (4, 8): 53}


def test_mapped_counterparts_join_when_nothing_else_is_left():
    assert sets(pooled(pools_of({2: 20, 4: 3}), counterparts=[frozenset({4, 2})])) == {(2, 4): 23}


def test_a_pool_that_needs_less_is_kept():
    kept = Pool(frozenset([2, 4]), 1, 6, 6)
    assert sets(pooled([kept, *pools_of({3: 30})])) == {(2, 4): 6, (3,): 30}


def test_a_company_that_is_too_small_ends_as_one_pool():
    assert sets(pooled(pools_of({2: 1, 6: 2, 8: 1}))) == {(2, 6, 8): 4}


def test_a_group_without_any_ballot_is_merged_too():
    assert sets(pooled(pools_of({2: 12, 3: 0}, minimum=5))) == {(2, 3): 12}


def test_own_people_of_an_inner_department_hang_below_it():
    """Inner is what has people below it: Operations, whose sub-departments have none left, is a leaf again."""
    places = places_of_people([1, 2, 5, 8], peopled=[1, 2, 5, 8], tree=TREE)
    assert places == {1: 1, 2: 1, 5: None, 8: None}


@st.composite
def companies(draw):
    count = draw(st.integers(1, 14))
    parents = {department: draw(st.sampled_from([None, *range(1, department)])) for department in range(1, count + 1)}
    sizes = {department: draw(st.integers(0, 30)) for department in parents}
    two = st.frozensets(st.sampled_from(sorted(parents)), min_size=2, max_size=2)
    counterparts = draw(st.lists(two, max_size=4)) if count > 1 else []
    return DepartmentTree(parents), sizes, counterparts


@given(companies())
def test_pools_share_out_the_company_and_every_one_is_large_enough(company):
    tree, sizes, counterparts = company
    pools = pooled(pools_of(sizes, parents=tree.parents), tree, counterparts)
    assert sorted(department for pool in pools for department in pool.departments) == sorted(sizes)
    assert all(pool.size == sum(sizes[department] for department in pool.departments) for pool in pools)
    assert len(pools) == 1 or all(pool.size >= pool.minimum for pool in pools)


@given(companies())
def test_the_steps_lead_from_the_start_to_the_pools(company):
    tree, sizes, counterparts = company
    start = pools_of(sizes, parents=tree.parents)
    pools, steps = join_small_pools(start, tree, counterparts=counterparts)
    left = set(start)
    for step in steps:
        assert step.small.size < step.small.minimum
        left = left - {step.small, step.joined} | {step.pool}
    assert left == set(pools)


@given(companies(), st.randoms())
def test_the_order_of_the_roster_does_not_matter(company, chance):
    tree, sizes, counterparts = company
    mixed = pools_of(sizes, parents=tree.parents)
    chance.shuffle(mixed)
    in_order = pools_of(sizes, parents=tree.parents)
    assert pooled(mixed, tree, counterparts) == pooled(in_order, tree, counterparts)


def test_a_thousand_small_departments_are_pooled():
    """Joining each of them by comparing all with all, and with every mapped pair, takes minutes."""
    count = 1000
    tree = DepartmentTree({0: None} | dict.fromkeys(range(1, count + 1), 0))
    small = pools_of(dict.fromkeys(range(1, count + 1), 4), parents=tree.parents)
    counterparts = [frozenset({department, department % count + 1}) for department in range(1, count + 1)]
    pools = pooled(small, tree, counterparts)
    assert {pool.size for pool in pools} == {8}
    assert not {pool.departments for pool in pools} & set(counterparts)
