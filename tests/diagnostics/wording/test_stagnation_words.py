"""Each finding of stagnation in two departments as a sentence."""

import pytest

from diagnostics.core.disclosure.reasons import SuppressionReason
from diagnostics.report.cell import Cell
from diagnostics.report.pairs.stagnation import MassSide, Stagnation, StagnationFinding
from diagnostics.wording.stagnation import stagnation_evidence, stagnation_sentence

AGREE = "agree that they have stopped growing at work"
ABOVE, UNSURE, BELOW = (70, 51, 84), (60, 50, 74), (30, 17, 49)
FEW, PROTECTED = SuppressionReason.TOO_FEW, SuppressionReason.PROTECTED
ANONYMITY = "suppressed to protect anonymity"


def side(name, mass):
    if isinstance(mass, SuppressionReason):
        return MassSide(name, Cell("critical_mass", "Critical mass", "suppressed", mass))
    return MassSide(name, Cell("critical_mass", "Critical mass", "published", None, *mass))


def found(finding, first, second):
    return Stagnation((side("Sales", first), side("IT", second)), StagnationFinding(finding))


SENTENCES = [
    ("both", ABOVE, ABOVE, f"Stagnation in both: more than half of Sales and of IT {AGREE}."),
    (
        "one_other_uncertain",
        ABOVE,
        UNSURE,
        f"Stagnation in one of them: more than half of Sales {AGREE}; of IT that is not certain.",
    ),
    ("one", BELOW, ABOVE, f"Stagnation in one of them: more than half of IT {AGREE}; fewer than half do in Sales."),
    ("neither", BELOW, BELOW, f"Stagnation in neither: fewer than half of Sales and of IT {AGREE}."),
    (
        "uncertain",
        UNSURE,
        BELOW,
        f"Stagnation in neither for certain: of neither is it sure that more than half {AGREE}.",
    ),
    (
        "one_other_suppressed",
        ABOVE,
        PROTECTED,
        f"More than half of Sales {AGREE}. Whether stagnation is in both cannot be said: of IT, {ANONYMITY}.",
    ),
    (
        "unknown",
        FEW,
        PROTECTED,
        f"Whether stagnation is in both cannot be said: of Sales, too few answers; of IT, {ANONYMITY}.",
    ),
    (
        "not_both",
        PROTECTED,
        BELOW,
        f"Stagnation is not in both: fewer than half of IT {AGREE}. What is not shown: of Sales, {ANONYMITY}.",
    ),
]


@pytest.mark.parametrize(("finding", "first", "second", "sentence"), SENTENCES)
def test_every_finding_has_its_sentence(finding, first, second, sentence):
    assert stagnation_sentence(found(finding, first, second)) == sentence


def test_no_finding_is_without_a_sentence():
    assert {finding for finding, *_ in SENTENCES} == set(StagnationFinding)


def test_only_stagnation_in_both_speaks_for_a_remedy():
    shares = "about 70 % in Sales, likely 51 to 84 %; about 70 % in IT, likely 51 to 84 %"
    assert stagnation_evidence(found("both", ABOVE, ABOVE)) == f"more than half in both {AGREE} ({shares})"
    assert stagnation_evidence(found("one", ABOVE, BELOW)) == ""
