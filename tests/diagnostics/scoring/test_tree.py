import uuid

from diagnostics.choices import COMPANY_KEY
from diagnostics.scoring.tree import reporting_tree
from surveys.roster.tree import CompanyDepartments, group_key
from surveys.selectors.results import FinalGroup

ROWS = {
    1: ("Commercial", None),
    2: ("Marketing", 1),
    3: ("Sales", 1),
    4: ("Inside Sales", 3),
    5: ("Field Sales", 3),
    6: ("Finance", None),
    7: ("Wrapper", 1),
}


def departments_of(rows):
    return CompanyDepartments.from_rows((department, *row) for department, row in rows.items())


DEPARTMENTS = departments_of(ROWS)


def group(*departments, people=10):
    return FinalGroup(
        uuid.uuid4(), group_key(departments), "+".join(map(str, departments)), departments, None, None, people
    )


def shape(groups, departments=DEPARTMENTS):
    return [
        (node.kind.value, node.name, node.parent and next(n.name for n in nodes if n.key == node.parent), node.groups)
        for nodes in [reporting_tree(groups, departments, company="Northwind")]
        for node in nodes
    ]


def test_divisions_are_made_of_whole_groups_and_hang_in_each_other():
    assert shape([group(2), group(4), group(5), group(6)]) == [
        ("company", "Northwind", None, (0, 1, 2, 3)),
        ("division", "Commercial", "Northwind", (0, 1, 2)),
        ("division", "Sales", "Commercial", (1, 2)),
        ("group", "2", "Commercial", (0,)),
        ("group", "4", "Sales", (1,)),
        ("group", "5", "Sales", (2,)),
        ("group", "6", "Northwind", (3,)),
    ]


def test_a_group_pooled_across_a_border_leaves_no_division():
    assert [row[:2] for row in shape([group(2), group(4), group(5, 6), group(3)])] == [
        ("company", "Northwind"),
        ("group", "2"),
        ("group", "4"),
        ("group", "5+6"),
        ("group", "3"),
    ]


def test_people_of_an_inner_department_count_in_its_division():
    groups = [group(2), group(3, people=5), group(4, people=6), group(5, people=7), group(6)]
    nodes = reporting_tree(groups, DEPARTMENTS, company="N")
    sales = nodes[2]
    assert (sales.name, sales.departments, sales.people, sales.key) == ("Sales", (3, 4, 5), 18, group_key([3, 4, 5]))


def test_a_division_of_one_group_or_of_all_groups_is_not_listed_twice():
    assert [row[0] for row in shape([group(4), group(6)])] == ["company", "group", "group"]
    assert [row[0] for row in shape([group(4), group(5)])] == ["company", "group", "group"]


def test_of_departments_with_the_same_people_the_topmost_is_listed():
    departments = departments_of(ROWS | {3: ("Sales", 7)})
    assert [row[1] for row in shape([group(4), group(5), group(6)], departments)] == [
        "Northwind",
        "Commercial",
        "4",
        "5",
        "6",
    ]


def test_a_department_that_left_the_roster_since_belongs_to_the_company():
    assert shape([group(2), group(99)])[2] == ("group", "99", "Northwind", (1,))


def test_the_company_keeps_its_key_whatever_the_departments():
    assert reporting_tree([group(2)], DEPARTMENTS, company="N")[0].key == COMPANY_KEY
    assert reporting_tree([group(6)], DEPARTMENTS, company="N")[0].key == COMPANY_KEY
