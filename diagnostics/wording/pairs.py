"""The pair map in plain words: which pair is at high risk, who finds it worse, and how it was estimated."""

from diagnostics.choices import RaterKind
from diagnostics.core.alerts.stage import MIDDLE
from diagnostics.core.pairs.codes import ModelReason, ModelReasonCode, PairModel
from diagnostics.report.pairs.model import Pair, PairMap

_NAMED = 2
_MODEL_REASONS = {
    ModelReasonCode.ONE_BY_ONE: "sums of directions are estimated one by one",
    ModelReasonCode.TOO_FEW_DEPARTMENTS: "too few departments for the social relations model",
    ModelReasonCode.TOO_FEW_DIRECTIONS: "too few directions for the social relations model",
    ModelReasonCode.NOT_CONVERGED: "the social relations model did not converge",
}


def is_high_risk(pair: Pair) -> bool:
    """Whether a pair's whole 90 % interval lies above the middle of the scale."""
    return pair.cell.low is not None and pair.cell.low > MIDDLE


def high_risk_pairs(pairs: PairMap) -> tuple[Pair, ...]:
    """The high-risk pairs of departments; where there are none, those of divisions."""
    found = (
        tuple(filter(is_high_risk, pairs.pairs_by(rater_kind))) for rater_kind in (RaterKind.GROUP, RaterKind.DIVISION)
    )
    return next(found) or next(found)


def pair_sentence(pairs: PairMap) -> str:
    """The answer to "which pair is at high risk?", without a full stop."""
    found = high_risk_pairs(pairs)
    if found:
        start = "Highest-risk pair" if len(found) == 1 else "High-risk pairs"
        more = f"; and {len(found) - _NAMED} more" if len(found) > _NAMED else ""
        return f"{start}: {'; '.join(map(_with_figure, found[:_NAMED]))}{more}"
    if pairs.pairs:
        return f"No pair is certain to be at high risk. The highest is {_with_figure(pairs.pairs[0])}"
    if any(direction.cell.shown for direction in pairs.directions):
        return "No pair can be shown from both sides"
    return "Too few ratings to tell which pair is at high risk"


def asymmetry(pair: Pair) -> str:
    """Who finds it worse. A difference that the interval does not bear out is left out."""
    if not pair.one_sided:
        return "Both see it alike, as far as the answers can tell."
    by = f"{pair.asymmetry} points, likely {pair.asymmetry_low} to {pair.asymmetry_high}"
    high, low = (pair.cell.value or 0) + pair.asymmetry / 2, (pair.cell.value or 0) - pair.asymmetry / 2
    if high >= MIDDLE > low:
        return f"{pair.first.name} finds it bad; {pair.second.name} does not ({by})."
    return f"{pair.first.name} finds it worse than {pair.second.name} does ({by})."


def model_words(pairs: PairMap) -> str:
    """How the figures of departments were made; empty where there are none."""
    published = next((direction for direction in pairs.directions_by(RaterKind.GROUP) if direction.model), None)
    if published is None:
        return ""
    if published.model == PairModel.SOCIAL_RELATIONS:
        return "Estimated by the social relations model, which uses what all departments say of each other."
    return f"Estimated one direction at a time (empirical Bayes): {model_reason_words(published.model_reason)}."


def model_reason_words(reason: ModelReason | None) -> str:
    """Why a figure is from the simpler model, as part of a sentence; empty where it is not."""
    if reason is None:
        return ""
    if reason.code == ModelReasonCode.TOO_MANY_DIRECTIONS:
        return f"more than {reason.most:,} directions"
    return reason.text if reason.code == ModelReasonCode.LEGACY else _MODEL_REASONS[reason.code]


def _with_figure(pair: Pair) -> str:
    return f"{pair.first.name} and {pair.second.name}, {pair.cell.text} (likely {pair.cell.span})"
