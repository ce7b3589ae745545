"""The pair map in plain words: which pair burns, who finds it worse, and which model speaks."""

from diagnostics.choices import PairLevel, PairModel
from diagnostics.report.pairs.model import Pair, PairMap
from diagnostics.wording.certainty import MIDDLE

_NAMED = 2


def burns(pair: Pair) -> bool:
    """Whether a pair's whole 90 % interval lies above the middle of the scale."""
    return pair.cell.low is not None and pair.cell.low > MIDDLE


def burning(pairs: PairMap) -> tuple[Pair, ...]:
    """The pairs of departments that burn; where none does, those of divisions."""
    found = (tuple(filter(burns, pairs.pairs_at(level))) for level in (PairLevel.GROUP, PairLevel.DIVISION))
    return next(found) or next(found)


def sentence(pairs: PairMap) -> str:
    """The answer to "which pair burns?", without a full stop."""
    hot = burning(pairs)
    if hot:
        more = f", and {len(hot) - _NAMED} more" if len(hot) > _NAMED else ""
        named = "; ".join(f"{_named(pair)} ({pair.cell.likely})" for pair in hot[:_NAMED])
        return f"Between departments it burns here: {named}{more}"
    if pairs.pairs:
        return f"No pair burns for certain; the highest is {_named(pairs.pairs[0])} ({pairs.pairs[0].cell.likely})"
    if any(one.cell.shown for one in pairs.directions):
        return "No pair can be shown from both sides"
    return "Too few ratings to tell which pair burns"


def asymmetry(pair: Pair) -> str:
    """Who finds it worse. A difference that the interval does not bear out is not told."""
    if not pair.one_sided:
        return "Both see it alike, as far as the answers can tell."
    by = f"{pair.asymmetry} points, likely {pair.asymmetry_low} to {pair.asymmetry_high}"
    high, low = (pair.cell.value or 0) + pair.asymmetry / 2, (pair.cell.value or 0) - pair.asymmetry / 2
    if high >= MIDDLE > low:
        return f"{pair.first.name} finds it bad; {pair.second.name} does not ({by})."
    return f"{pair.first.name} finds it worse than {pair.second.name} does ({by})."


def model_words(pairs: PairMap) -> str:
    """How the figures of departments were made; empty where there are none."""
    told = next((one for one in pairs.at(PairLevel.GROUP) if one.model), None)
    if told is None:
        return ""
    if told.model == PairModel.SOCIAL_RELATIONS:
        return "Estimated by the social relations model, which uses what all departments say of each other."
    return f"Estimated one direction at a time (empirical Bayes): {told.model_reason}."


def _named(pair: Pair) -> str:
    return f"{pair.first.name} and {pair.second.name}"
