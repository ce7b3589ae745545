"""How sure a figure is and how it has changed, in plain words. Nothing is rounded or decided here."""

from diagnostics.choices import Level
from diagnostics.core.alerts.stage import MIDDLE
from diagnostics.report.cell import Cell, format_interval
from surveys.rules.rounding import HIGHEST_SHOWN, LOWEST_SHOWN

# Judgment: an interval as narrow says where the figure is, one as wide says little more than the side.
_NARROW, _WIDE = 12, 24


def how_sure(cell: Cell) -> str:
    """One or two sentences on a published figure; empty for a suppressed one."""
    if cell.low is None or cell.high is None:
        return ""
    text = f"{_where(cell.low, cell.high)} (90 % interval), {_side(cell.low, cell.high)} the middle of the scale."
    if _at_risk_all_the_same(cell):
        text += " It is at risk because of an ongoing alert."
    if cell.outer_low is not None and cell.outer_high is not None:
        band = format_interval(cell.outer_low, cell.outer_high)
        text += f" People who did not answer may differ; allowing for them, it is {band}."
    return text


def _where(low: int, high: int) -> str:
    """Of an end that was clipped nothing is known but that the figure may lie beyond it."""
    if low <= LOWEST_SHOWN and high >= HIGHEST_SHOWN:
        return "Any value is possible"
    if low <= LOWEST_SHOWN:
        return f"Likely {high} or lower"
    return f"Likely {low} or higher" if high >= HIGHEST_SHOWN else f"Likely between {low} and {high}"


def how_sure_briefly(cell: Cell) -> str:
    """The same in a few words, for a row of a table."""
    if cell.low is None or cell.high is None:
        return ""
    grade, side = _grade(cell.low, cell.high).capitalize(), _side(cell.low, cell.high)
    alert = "; at risk because of an ongoing alert" if _at_risk_all_the_same(cell) else ""
    return f"{grade}: {cell.span}, {side} {MIDDLE}{alert}"


def change_words(cell: Cell) -> str:
    """Against the last published wave; empty where there is none."""
    if cell.change is None:
        return ""
    if cell.change == 0:
        return "unchanged"
    return f"{'up' if cell.change > 0 else 'down'} {abs(cell.change)}"


def _grade(low: int, high: int) -> str:
    width = high - low
    return "quite sure" if width <= _NARROW else "not very sure" if width >= _WIDE else "fairly sure"


def _side(low: int, high: int) -> str:
    return "above" if low > MIDDLE else "below" if high < MIDDLE else "not clearly above or below"


def _at_risk_all_the_same(cell: Cell) -> bool:
    """An alert rests on more than the interval of one wave: a rise, two waves running, or a single sign."""
    return cell.level == Level.AT_RISK and cell.low is not None and cell.low <= MIDDLE
