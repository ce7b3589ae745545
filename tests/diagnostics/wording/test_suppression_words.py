"""Each reason for suppression in words."""

from dataclasses import replace

import pytest
from django.template.loader import render_to_string

from diagnostics.core.disclosure.reasons import SuppressionReason
from diagnostics.report.cell import Cell
from diagnostics.wording.suppression import gap_words, reason_words, why_suppressed
from tests.diagnostics.report_rows import row

WORDS = {
    "too_few": ("too few answers", "Too few answers", "suppressed"),
    "protected": ("suppressed to protect anonymity", "Suppressed to protect anonymity", "suppressed"),
    "not_asked": ("no core sign was asked", "No index: no core sign was asked", "no index"),
    "outside": ("outside your departments", "Outside your departments", "suppressed"),
    "legacy": ("suppressed to protect anonymity", "Suppressed to protect anonymity", "suppressed"),
}


@pytest.mark.parametrize("reason", SuppressionReason)
def test_every_reason_has_its_words(reason):
    cell = Cell("index", "Index", "suppressed", reason)
    assert (reason_words(reason), why_suppressed(cell), gap_words(cell)) == WORDS[reason]


@pytest.mark.parametrize("reason", SuppressionReason)
def test_the_digest_of_a_company_without_an_index_has_the_reason_in_words(reason):
    company = replace(row("Company"), index=Cell("index", "Index", "suppressed", reason))
    line = render_to_string("emails/_digest_whole.txt", {"report": {"company": company}})
    assert line == f"Company: no index ({reason_words(reason)})."


def test_a_published_figure_has_no_reason():
    assert (reason_words(None), why_suppressed(Cell("index", "Index", "published", None, 47))) == ("", "")
