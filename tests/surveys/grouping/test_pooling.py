"""Pools before a wave and merges after it are one rule."""

from hypothesis import given
from hypothesis import strategies as st

from surveys.grouping.pooling import Pool, meeting_point, path, pool

# 1 Commercial: 2 Marketing, 3 Sales, 4 Design; 5 Operations: 6 Plant, 7 Depot; 8 Legal
PARENTS = {1: None, 2: 1, 3: 1, 4: 1, 5: None, 6: 5, 7: 5, 8: None}


def pools_of(sizes, *, needs=8, parents=PARENTS):
    return [Pool(frozenset([one]), parents[one], size, needs) for one, size in sizes.items()]


def sets(result):
    return {tuple(sorted(one.departments)): one.size for one in result}


def test_a_department_that_is_large_enough_stands_alone():
    assert sets(pool(pools_of({2: 8, 3: 30}), PARENTS)) == {(2,): 8, (3,): 30}


def test_a_small_one_joins_the_smallest_under_the_same_parent():
    assert sets(pool(pools_of({2: 20, 3: 30, 4: 3}), PARENTS)) == {(2, 4): 23, (3,): 30}


def test_it_goes_on_joining_until_the_pool_is_large_enough():
    assert sets(pool(pools_of({2: 3, 3: 4, 4: 3, 6: 20}), PARENTS)) == {(2, 3, 4): 10, (6,): 20}


def test_without_a_sibling_it_goes_up_to_its_parents_level():
    result = pool(pools_of({6: 3, 2: 20, 3: 25, 8: 9}), PARENTS)
    assert sets(result) == {(2,): 20, (3,): 25, (6, 8): 12}
    assert {one.parent for one in result if 6 in one.departments} == {None}


def test_at_the_top_without_a_direct_neighbour_it_joins_the_smallest_below():
    assert sets(pool(pools_of({6: 3, 2: 20, 3: 25}), PARENTS)) == {(2, 6): 23, (3,): 25}


def test_mapped_counterparts_are_kept_apart_while_another_choice_exists():
    apart = [frozenset({4, 2})]
    assert sets(pool(pools_of({2: 20, 3: 30, 4: 3}), PARENTS, apart=apart)) == {(2,): 20, (3, 4): 33}
    assert sets(pool(pools_of({2: 20, 4: 3, 8: 50}), PARENTS, apart=apart)) == {(2,): 20, (4, 8): 53}


def test_mapped_counterparts_join_when_nothing_else_is_left():
    assert sets(pool(pools_of({2: 20, 4: 3}), PARENTS, apart=[frozenset({4, 2})])) == {(2, 4): 23}


def test_a_pool_that_needs_less_is_kept():
    kept = Pool(frozenset([2, 4]), 1, 6, 6)
    assert sets(pool([kept, *pools_of({3: 30})], PARENTS)) == {(2, 4): 6, (3,): 30}


def test_a_company_that_is_too_small_ends_as_one_pool():
    assert sets(pool(pools_of({2: 1, 6: 2, 8: 1}), PARENTS)) == {(2, 6, 8): 4}


def test_a_group_without_any_ballot_is_merged_too():
    assert sets(pool(pools_of({2: 12, 3: 0}, needs=5), PARENTS)) == {(2, 3): 12}


def test_paths_meet_at_the_deepest_common_department():
    assert path(2, PARENTS) == [2, 1, None]
    assert meeting_point([1, 1], PARENTS) == 1
    assert meeting_point([1, 5], PARENTS) is None


@st.composite
def companies(draw):
    count = draw(st.integers(1, 14))
    parents = {one: draw(st.sampled_from([None, *range(1, one)])) for one in range(1, count + 1)}
    sizes = {one: draw(st.integers(0, 30)) for one in parents}
    apart = (
        draw(st.lists(st.frozensets(st.sampled_from(sorted(parents)), min_size=2, max_size=2), max_size=4))
        if (count > 1)
        else []
    )
    return parents, sizes, apart


@given(companies())
def test_pools_part_the_company_and_every_one_is_large_enough(company):
    parents, sizes, apart = company
    result = pool(pools_of(sizes, parents=parents), parents, apart=apart)
    assert sorted(one for group in result for one in group.departments) == sorted(sizes)
    assert all(one.size == sum(sizes[member] for member in one.departments) for one in result)
    assert len(result) == 1 or all(one.size >= one.needs for one in result)


@given(companies(), st.randoms())
def test_the_order_of_the_roster_does_not_matter(company, chance):
    parents, sizes, apart = company
    mixed = pools_of(sizes, parents=parents)
    chance.shuffle(mixed)
    assert pool(mixed, parents, apart=apart) == pool(pools_of(sizes, parents=parents), parents, apart=apart)


def test_a_thousand_small_departments_are_pooled():
    """Joining each of them by comparing all with all, and with every mapped pair, takes minutes."""
    count = 1000
    parents = {0: None} | dict.fromkeys(range(1, count + 1), 0)
    small = pools_of(dict.fromkeys(range(1, count + 1), 4), parents=parents)
    apart = [frozenset({one, one % count + 1}) for one in range(1, count + 1)]
    result = pool(small, parents, apart=apart)
    assert {one.size for one in result} == {8}
    assert not {one.departments for one in result} & set(apart)
