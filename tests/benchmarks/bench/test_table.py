"""What `make bench` says of what it has measured."""

import pytest

from tests.benchmarks.bench import answers_table, table
from tests.benchmarks.bench.plan import LEAST_BY_TWO, LEAST_MAILS, POSTGRESQL, SQLITE


def figures(seconds, **more):
    return {"seconds": seconds, "megabytes": 100.0, "database_megabytes": None} | more


@pytest.mark.parametrize("power", [0.5, 1.0, 1.2])
def test_growth_is_the_exponent_of_time_over_size(power):
    assert table.exponent({size: 3 * size**power for size in (1_000, 10_000, 100_000)}) == pytest.approx(power)


def test_one_size_has_no_growth():
    assert table.exponent({1_000: 2.0}) is None


@pytest.mark.parametrize(
    ("step", "measured", "over"),
    [
        ("import_csv", {100_000: figures(15.0)}, []),
        ("import_csv", {100_000: figures(15.1)}, ["seconds"]),
        ("import_csv", {100_000: figures(9.0, megabytes=251.0)}, ["memory"]),
        ("import_csv", {10_000: figures(16.0)}, []),
        ("shuffle", {100_000: figures(9.0, longest_wait=0.31)}, ["wait"]),
        ("open", {1_000: figures(0.1), 100_000: figures(20.0)}, ["growth"]),
        ("mail", {1_000: figures(1.0, mails=LEAST_MAILS - 1)}, ["rate"]),
    ],
)
def test_each_limit_that_is_missed_is_named(step, measured, over):
    [row] = table.rows({(POSTGRESQL, step): measured})
    assert row["over"] == over
    assert any("over in" in line for line in table.lines([row])) == bool(over)


@pytest.mark.parametrize(("times", "over"), [(LEAST_BY_TWO, []), (LEAST_BY_TWO - 0.1, ["rate"])])
def test_two_workers_are_compared_with_one(times, over):
    alone, together = figures(1.0, mails=300), figures(1.0, mails=300 * times)
    _, row = table.rows({(POSTGRESQL, "mail"): {1_000: alone}, (POSTGRESQL, "mail_by_two"): {1_000: together}})
    assert row["over"] == over


def test_a_growing_outbox_slows_no_mail_down():
    sizes = {people: figures(1.0, mails=400) for people in (1_000, 100_000)}
    [row] = table.rows({(POSTGRESQL, "mail"): sizes})
    assert row["growth"] == pytest.approx(1.0)


def test_databases_have_rows_of_their_own():
    measured = {(database, "import_csv"): {1_000: figures(1.0)} for database in (POSTGRESQL, SQLITE)}
    assert [row["database"] for row in table.rows(measured)] == [POSTGRESQL, SQLITE]


REACHED = {
    "peer": "peer==1",
    "rates": {"GET": 900.0},
    "get_times": 25.0,
    "post_times": 15.0,
    "post_of_bare": 0.6,
    "p99_seconds": 0.25,
    "p99_at": 200.0,
    "megabytes": 90.0,
    "peer_megabytes": 60.0,
}


@pytest.mark.parametrize(
    ("changed", "over"),
    [
        ({}, []),
        ({"get_times": 24.9}, ["GET"]),
        ({"post_times": 14.9}, ["POST"]),
        ({"post_of_bare": 0.59}, ["bare view"]),
        ({"p99_seconds": 0.26}, ["p99"]),
    ],
)
def test_limits_of_answers_that_are_missed_are_named(changed, over):
    assert answers_table.over(REACHED | changed) == over
    assert (", ".join(over) or "all reached") in list(answers_table.lines(REACHED | changed))[-1]
