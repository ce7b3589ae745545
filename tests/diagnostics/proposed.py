"""Departments for which remedies are proposed, made up."""

from tests.diagnostics.report_rows import row


def department(*signs, name="Sales", turns=(), causes=()):
    made = row(name, 60, signs=signs)
    return type(made)(**{**vars(made), "turns": tuple(turns), "profile": tuple(causes)})


def codes(proposals):
    return [proposal.remedy.code.value for proposal in proposals]
