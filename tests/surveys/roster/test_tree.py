"""The laws of the department tree."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.roster.tree import CompanyDepartments, DepartmentTree


@st.composite
def trees(draw):
    """Departments in any order of ids, each below an earlier one or at the top."""
    departments = draw(st.lists(st.integers(0, 99), min_size=1, max_size=12, unique=True))
    return DepartmentTree(
        {
            department: draw(st.sampled_from([None, *departments[:place]]))
            for place, department in enumerate(departments)
        }
    )


@st.composite
def tangles(draw):
    """Departments below any other, so that circles may be among them."""
    departments = range(draw(st.integers(1, 10)))
    return DepartmentTree({department: draw(st.sampled_from([None, *departments])) for department in departments})


@given(trees())
def test_a_path_leads_from_the_top_to_the_department(tree):
    for department in tree.parents:
        path = tree.path(department)
        assert tree.parent(path[0]) is None
        assert path[-1] == department
        assert [tree.parent(step) for step in path[1:]] == list(path[:-1])


@given(trees())
def test_path_ancestors_levels_and_depth_agree(tree):
    for department in tree.parents:
        path = tree.path(department)
        assert tree.ancestors(department) == path[-2::-1]
        assert tree.levels(department) == (*path[::-1], None)
        assert tree.depth(department) == len(path) - 1


@given(trees(), st.data())
def test_below_are_departments_with_one_of_them_on_their_path(tree, data):
    chosen = data.draw(st.sets(st.sampled_from(list(tree.parents))))
    expected = {department for department in tree.parents if chosen & set(tree.path(department))}
    assert tree.below(chosen) == expected


@given(trees())
def test_top_down_has_each_department_once_after_the_one_above(tree):
    listed = tree.top_down()
    assert sorted(listed) == sorted(tree.parents)
    for place, department in enumerate(listed):
        assert set(tree.ancestors(department)) <= set(listed[:place])
        assert set(listed[place : place + len(tree.below([department]))]) == tree.below([department])


@given(trees(), st.data())
def test_the_common_ancestor_is_the_deepest_level_of_all(tree, data):
    places = data.draw(st.lists(st.sampled_from([None, *tree.parents]), min_size=1, max_size=4))
    shared = set.intersection(*(set(tree.levels(place)) for place in places))
    found = tree.common_ancestor(places)
    assert found in shared
    assert set(tree.levels(found)) == shared


@given(tangles())
def test_circles_are_exactly_what_never_reaches_the_top(tree):
    circles = tree.circles()
    members = [department for circle in circles for department in circle]
    assert len(members) == len(set(members))
    for circle in circles:
        assert [tree.parent(department) for department in circle] == [*circle[1:], circle[0]]
    for department in tree.parents:
        if set(members) & tree_above(tree, department):
            with pytest.raises(ValueError, match="circle"):
                tree.ancestors(department)
        else:
            assert tree.parent(tree.path(department)[0]) is None


def tree_above(tree, department):
    """The department and what is above it, however often it is met."""
    found = set()
    while department is not None and department not in found:
        found.add(department)
        department = tree.parent(department)
    return found


@given(trees())
def test_a_tree_has_no_circle(tree):
    assert tree.circles() == []


def test_departments_beside_each_other_keep_their_order():
    tree = DepartmentTree({"Sales": None, "Field": "Sales", "Legal": None, "Desk": "Sales"})
    assert tree.top_down() == ("Sales", "Field", "Desk", "Legal")


def test_a_department_that_left_the_roster_counts_as_one_at_the_top():
    tree = DepartmentTree({1: None, 2: 7})
    assert (tree.path(9), tree.path(2), tree.below([9])) == ((9,), (7, 2), {9})


def test_rows_become_names_and_a_tree():
    departments = CompanyDepartments.from_rows([(1, "Commercial", None), (2, "Sales", 1)])
    assert (departments.names, departments.tree.path(2)) == ({1: "Commercial", 2: "Sales"}, (1, 2))
