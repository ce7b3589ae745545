import pytest
from django.core.management import CommandError, call_command

from diagnostics.core.simulation.checks import Coverage
from diagnostics.core.simulation.company import Design
from diagnostics.management.commands import simulate_method

CHECKS = [Coverage("groups of 15", Design(people=15)), Coverage("groups of 40", Design(people=40))]


def run(capsys, *arguments):
    call_command("simulate_method", *arguments)
    return capsys.readouterr().out


@pytest.fixture
def checks(monkeypatch):
    """The conditions of the run: two of them, for a test."""
    listed = list(CHECKS)
    monkeypatch.setattr(simulate_method, "plan", lambda: listed)
    return listed


def test_it_prints_figures_with_their_errors_and_how_to_repeat_it(checks, capsys):
    printed = run(capsys, "--companies", "10", "--seed", "3")
    assert "### Accuracy" in printed
    assert "| groups of 15 | 0." in printed
    assert "10 companies, seed 3: every figure keeps its limit." in printed


def test_two_processes_print_what_one_prints(checks, capsys):
    arguments = ("--companies", "4", "--seed", "5")
    assert run(capsys, *arguments, "--jobs", "2") == run(capsys, *arguments)


def test_a_figure_beyond_its_limit_is_marked_and_fails_the_command(checks, capsys):
    checks[0] = Coverage("groups of 15", Design(people=15), rmse=(1.0, None))
    with pytest.raises(CommandError, match="1 of 6 figures miss their limit"):
        call_command("simulate_method", "--companies", "10")
    assert "missed: 1 or less**" in capsys.readouterr().out


@pytest.mark.parametrize("companies", ["0", "-1", "many"])
def test_a_number_that_is_none_is_refused(companies):
    with pytest.raises(CommandError, match="must be a whole number from 1"):
        call_command("simulate_method", f"--companies={companies}")
