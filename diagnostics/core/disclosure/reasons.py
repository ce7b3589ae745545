"""Why a figure is suppressed: the rule that did it, and what may be stored and shown of that.

Apart from the rules, so that whatever compares reasons loads no numpy.
"""

from enum import StrEnum


class SuppressionRule(StrEnum):
    """The rule that suppressed a cell: for tests and audits, never stored and never shown."""

    # Fewer people than the minimum group size answered this very cell.
    TOO_FEW = "too_few"
    # Enough for a figure, but fewer than MIN_SHARE_SIZE, which a share needs.
    TOO_FEW_FOR_SHARE = "too_few_for_share"
    # All, or all but one, gave the same risky answer; of a share, as many of some count of its band would have.
    HOMOGENEOUS = "homogeneous"
    # A share beside a band of one or two counts, or one whose sums with others would leave fewer than three.
    NARROW_BAND = "narrow_band"
    # Complementary suppression: with this cell another one could be computed that may not be shown.
    COMPLEMENTARY = "complementary"
    # Few people came, went or moved since the group was published last, and it would tell too much of them.
    CHANGED = "changed"
    # A share whose figure is suppressed: it is shown beside its figure or not at all.
    WITHOUT_FIGURE = "without_figure"
    # The index of a wave that asked no core sign: there is nothing to show.
    NOT_ASKED = "not_asked"


class SuppressionReason(StrEnum):
    """What is stored and shown of it. docs/anonymity.md says why there is no finer one."""

    # Fewer people than the minimum, for a share than its own minimum, answered this very cell.
    TOO_FEW = "too_few"
    # Any other rule: which one would tell what the rule protects.
    PROTECTED = "protected"
    # Nothing was asked that the figure is made of.
    NOT_ASKED = "not_asked"
    # The reader may not see the figure; never stored.
    OUTSIDE = "outside"
    # Of a row whose sentence no version is known to have written; the text is kept in the row, and shown to nobody.
    LEGACY = "legacy"


STORED = (
    SuppressionReason.TOO_FEW,
    SuppressionReason.PROTECTED,
    SuppressionReason.NOT_ASKED,
    SuppressionReason.LEGACY,
)
_OPEN = {
    SuppressionRule.TOO_FEW: SuppressionReason.TOO_FEW,
    SuppressionRule.TOO_FEW_FOR_SHARE: SuppressionReason.TOO_FEW,
    SuppressionRule.NOT_ASKED: SuppressionReason.NOT_ASKED,
}


def stored_reason(rule: SuppressionRule) -> SuppressionReason:
    """What may be stored of a rule: whether too few answered, and no more."""
    return _OPEN.get(rule, SuppressionReason.PROTECTED)


def shown_reason(stored: str) -> SuppressionReason | None:
    """What readers get of a stored reason; None where nothing is suppressed."""
    if not stored:
        return None
    reason = SuppressionReason(stored)
    return SuppressionReason.PROTECTED if reason == SuppressionReason.LEGACY else reason
