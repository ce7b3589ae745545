"""What is stored of a rule says whether too few answered, and nothing else."""

import pytest

from diagnostics.core.disclosure.reasons import STORED, SuppressionReason, SuppressionRule, shown_reason, stored_reason


@pytest.mark.parametrize("rule", SuppressionRule)
def test_only_what_counts_answers_is_open(rule):
    expected = {
        SuppressionRule.TOO_FEW: "too_few",
        SuppressionRule.TOO_FEW_FOR_SHARE: "too_few",
        SuppressionRule.NOT_ASKED: "not_asked",
    }
    assert stored_reason(rule) == expected.get(rule, "protected")
    assert stored_reason(rule) in STORED


def test_a_reason_that_is_legacy_is_shown_as_any_other():
    shown = {reason: shown_reason(reason) for reason in SuppressionReason}
    assert shown.pop(SuppressionReason.LEGACY) == SuppressionReason.PROTECTED
    assert all(reason == as_shown for reason, as_shown in shown.items())
    assert shown_reason("") is None
