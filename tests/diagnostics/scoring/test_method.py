"""Method notes on their way into the database and back."""

import json
from dataclasses import asdict

import pytest

from diagnostics.scoring.method import (
    USUAL_LEVEL,
    Careless,
    LeftOut,
    MethodFigures,
    NotedCoefficient,
    Power,
    Rank,
    Reliability,
    read_document,
)

ALPHA = NotedCoefficient(0.81, 0.7, 0.9)
FIGURES = MethodFigures(
    reliability=(Reliability("index", 5, ALPHA, None, ALPHA, None),),
    careless=Careless(9, 4, 20, 41, 40),
    ranks=(Rank("a1", 1, 1, 2),),
    left_out=(LeftOut("blame", None), LeftOut("chaos", 0.95)),
    power=(Power(None, 3, 12, (1, 20, 60), ()),),
    tests=30,
    level=55.0,
)
# As the first version of the product wrote it, which kept no level.
FIRST = {
    "reliability": [
        {
            "measure": "index",
            "groups": 5,
            "alpha": {"value": 0.81, "low": 0.7, "high": 0.9},
            "icc1": None,
            "icc2": {"value": 1, "low": 0, "high": 1},
            "rwg": None,
        }
    ],
    "careless": None,
    "ranks": [{"key": "a1", "rank": 1, "best": 1, "worst": 2}],
    "left_out": [{"measure": "blame", "tau": None}],
    "power": [{"people": 12, "departments": 2, "answering": 9, "level": [1, 20, 60], "change": []}],
    "tests": 6,
}


@pytest.mark.parametrize("figures", [FIGURES, MethodFigures((), None, (), (), (), 0)])
def test_a_note_comes_back_as_it_was(figures):
    assert read_document(json.loads(json.dumps(asdict(figures)))) == figures


def test_a_note_of_the_first_version_reads():
    figures = read_document(FIRST)
    assert figures.level == USUAL_LEVEL
    assert figures.reliability == (Reliability("index", 5, ALPHA, None, NotedCoefficient(1.0, 0.0, 1.0), None),)
    assert figures.power == (Power(12, 2, 9, (1, 20, 60), ()),)
    assert (figures.careless, figures.left_out[0].tau, figures.ranks[0].worst) == (None, None, 2)


@pytest.mark.parametrize("document", [{}, FIRST | {"careless": {"percent": 3}}, FIRST | {"tests": None}])
def test_what_is_no_note_is_refused(document):
    with pytest.raises(Exception, match="MethodFigures"):
        read_document(document)
