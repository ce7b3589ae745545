"""The pair map as text for other programs. docs/report-format.md describes it."""

from collections.abc import Iterator
from typing import Any

from diagnostics.exports.response import raters_document, raters_line
from diagnostics.report.cell import Cell
from diagnostics.report.pairs.model import ASYMMETRY, Direction, End, Pair, PairMap
from diagnostics.wording.pairs import model_reason_words
from diagnostics.wording.suppression import reason_words

_FIGURES = ("value", "low", "high")
# Columns of the report's CSV that pairs have nothing for: two outer ends and the change, the level and the alerts.
_BETWEEN, _AFTER = [None] * 3, ["", ""]
Line = list[Any]


def pairs_document(pairs: PairMap) -> dict[str, Any]:
    return {
        "directions": [_direction(direction) for direction in pairs.directions],
        "pairs": [_pair(pair) for pair in pairs.pairs],
    }


def pair_lines(pairs: PairMap) -> Iterator[Line]:
    """Lines of the report's CSV after its first column, the wave."""
    for direction in pairs.directions:
        for cell in (direction.cell, direction.no_contact):
            figures = [getattr(cell, name) for name in _FIGURES]
            where = [_ends(direction.rater, direction.rated), cell.label, "direction", *raters_line(direction.raters)]
            yield [*where, cell.measure, cell.status, *reason_fields(cell).values(), *figures, *_BETWEEN, *_AFTER]
    for pair in pairs.pairs:
        figures_by_measure = {pair.cell.measure: [pair.cell.value, pair.cell.low, pair.cell.high]}
        figures_by_measure[ASYMMETRY] = [pair.asymmetry, pair.asymmetry_low, pair.asymmetry_high]
        for measure, figures in figures_by_measure.items():
            where = [_ends(pair.first, pair.second), pair.cell.label, "pair", *raters_line(None)]
            yield [*where, measure, pair.cell.status, *reason_fields(pair.cell).values(), *figures, *_BETWEEN, *_AFTER]


def _ends(first: End, second: End) -> str:
    return f"{first.key}:{second.key}"


def _direction(direction: Direction) -> dict[str, Any]:
    return {
        "level": direction.rater_kind,
        "rater": _end(direction.rater),
        "rated": _end(direction.rated),
        **raters_document(direction.raters),
        **_cell(direction.cell),
        "no_contact": _cell(direction.no_contact),
        **_model(direction),
    }


def _pair(pair: Pair) -> dict[str, Any]:
    return {
        "level": pair.rater_kind,
        "first": _end(pair.first),
        "second": _end(pair.second),
        "value": pair.cell.value,
        "low": pair.cell.low,
        "high": pair.cell.high,
        "asymmetry": pair.asymmetry,
        "asymmetry_low": pair.asymmetry_low,
        "asymmetry_high": pair.asymmetry_high,
        **_model(pair),
    }


def _end(end: End) -> dict[str, Any]:
    return {"key": end.key, "name": end.name, "kind": end.kind}


def _cell(cell: Cell) -> dict[str, Any]:
    return {"status": cell.status, **reason_fields(cell), **{name: getattr(cell, name) for name in _FIGURES}}


def reason_fields(cell: Cell) -> dict[str, str]:
    """In the order of the CSV's columns."""
    return {"reason_code": cell.reason or "", "reason": reason_words(cell.reason)}


def _model(estimated: Direction | Pair) -> dict[str, str]:
    reason = estimated.model_reason
    return {
        "model": estimated.model,
        "model_reason_code": reason.code if reason else "",
        "model_reason": model_reason_words(reason),
    }
