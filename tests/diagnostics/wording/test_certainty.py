import pytest

from diagnostics.core.disclosure.reasons import SuppressionReason
from diagnostics.report.cell import Cell, format_figure
from diagnostics.wording.certainty import change_words, how_sure, how_sure_briefly


def cell(low, high, **fields):
    return Cell("index", "Index", "published", "", (low + high) // 2, low, high, **fields)


SUPPRESSED = Cell("index", "Index", "suppressed", SuppressionReason.TOO_FEW)


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [
        (60, 72, "Quite sure: 60 to 72, above 50"),
        (51, 74, "Fairly sure: 51 to 74, above 50"),
        (40, 64, "Not very sure: 40 to 64, not clearly above or below 50"),
        (50, 60, "Quite sure: 50 to 60, not clearly above or below 50"),
        (30, 49, "Fairly sure: 30 to 49, below 50"),
    ],
)
def test_how_sure_we_are_goes_by_the_interval(low, high, words):
    assert how_sure_briefly(cell(low, high)) == words


@pytest.mark.parametrize(
    ("low", "high", "level", "explained"),
    [
        (40, 56, "at_risk", True),
        (50, 60, "at_risk", True),
        (30, 45, "at_risk", True),
        (51, 60, "at_risk", False),
        (40, 56, "watch", False),
        (40, 56, "steady", False),
    ],
)
def test_at_risk_without_being_clearly_above_is_explained(low, high, level, explained):
    figure = cell(low, high, level=level)
    assert ["ongoing alert" in words for words in (how_sure(figure), how_sure_briefly(figure))] == [explained] * 2


def test_the_long_form_explains_what_silence_may_hide():
    assert how_sure(cell(60, 72, outer_low=56, outer_high=76)) == (
        "Likely between 60 and 72 (90 % interval), above the middle of the scale. "
        "People who did not answer may differ; allowing for them, it is 56 to 76."
    )
    assert how_sure(cell(60, 72)) == "Likely between 60 and 72 (90 % interval), above the middle of the scale."


def test_an_end_that_was_clipped_is_shown_as_one():
    assert how_sure_briefly(cell(5, 12)) == "Quite sure: ≤ 5 to 12, below 50"
    assert how_sure(cell(84, 95, outer_low=80, outer_high=95)) == (
        "Likely 84 or higher (90 % interval), above the middle of the scale. "
        "People who did not answer may differ; allowing for them, it is 80 to ≥ 95."
    )
    assert how_sure(cell(5, 12)) == "Likely 12 or lower (90 % interval), below the middle of the scale."
    anything = "Any value is possible (90 % interval), not clearly above or below the middle of the scale."
    assert how_sure(cell(5, 95)) == anything
    assert cell(5, 11).likely == "8, likely ≤ 5 to 11"


def test_a_suppressed_figure_has_no_words():
    assert (
        how_sure(SUPPRESSED),
        how_sure_briefly(SUPPRESSED),
        change_words(SUPPRESSED),
        SUPPRESSED.text,
        SUPPRESSED.span,
        SUPPRESSED.likely,
    ) == ("",) * 6


@pytest.mark.parametrize(("value", "text"), [(5, "≤ 5"), (6, "6"), (94, "94"), (95, "≥ 95")])
def test_the_ends_of_the_scale_include_what_is_beyond(value, text):
    assert format_figure(value) == text


@pytest.mark.parametrize(("change", "words"), [(4, "up 4"), (-3, "down 3"), (0, "unchanged"), (None, "")])
def test_a_change_has_its_direction(change, words):
    assert change_words(cell(40, 50, change=change)) == words
