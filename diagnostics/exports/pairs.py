"""The pair map as text for other programs. docs/report-format.md describes it."""

from collections.abc import Iterator
from typing import Any

from diagnostics.report.cell import Cell
from diagnostics.report.pairs.directions import ASYMMETRY
from diagnostics.report.pairs.model import Direction, End, Pair, PairMap

_FIGURES = ("value", "low", "high")
# Columns of the report's CSV that pairs have nothing for: two outer ends and the change, the level and the alerts.
_BETWEEN, _AFTER = [None] * 3, ["", ""]
Line = list[Any]


def pairs_document(pairs: PairMap) -> dict[str, Any]:
    return {
        "directions": [_direction(one) for one in pairs.directions],
        "pairs": [_pair(one) for one in pairs.pairs],
    }


def pair_lines(pairs: PairMap) -> Iterator[Line]:
    """Lines of the report's CSV after its first column, the wave."""
    for one in pairs.directions:
        for cell in (one.cell, one.no_contact):
            figures = [getattr(cell, name) for name in _FIGURES]
            where = [_ends(one.rater, one.rated), cell.label, "direction", one.response_band]
            yield [*where, cell.measure, cell.status, cell.reason, *figures, *_BETWEEN, *_AFTER]
    for pair in pairs.pairs:
        told = {pair.cell.measure: [pair.cell.value, pair.cell.low, pair.cell.high]}
        told[ASYMMETRY] = [pair.asymmetry, pair.asymmetry_low, pair.asymmetry_high]
        for measure, figures in told.items():
            where = [_ends(pair.first, pair.second), pair.cell.label, "pair", ""]
            yield [*where, measure, pair.cell.status, "", *figures, *_BETWEEN, *_AFTER]


def _ends(first: End, second: End) -> str:
    return f"{first.key}:{second.key}"


def _direction(one: Direction) -> dict[str, Any]:
    return {
        "level": one.level,
        "rater": _end(one.rater),
        "rated": _end(one.rated),
        "response_band": one.response_band,
        **_cell(one.cell),
        "no_contact": _cell(one.no_contact),
        "model": one.model,
        "model_reason": one.model_reason,
    }


def _pair(one: Pair) -> dict[str, Any]:
    return {
        "level": one.level,
        "first": _end(one.first),
        "second": _end(one.second),
        "value": one.cell.value,
        "low": one.cell.low,
        "high": one.cell.high,
        "asymmetry": one.asymmetry,
        "asymmetry_low": one.asymmetry_low,
        "asymmetry_high": one.asymmetry_high,
        "model": one.model,
        "model_reason": one.model_reason,
    }


def _end(end: End) -> dict[str, Any]:
    return {"key": end.key, "name": end.name, "kind": end.kind}


def _cell(cell: Cell) -> dict[str, Any]:
    return {"status": cell.status, "reason": cell.reason, **{name: getattr(cell, name) for name in _FIGURES}}
