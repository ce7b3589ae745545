"""The numbers of the promise: a change of one changes docs/anonymity.md too."""

from surveys.rules import limits


def test_the_limits_are_those_that_the_documents_promise():
    assert (*(5, 10, 10, 10),) == (
        limits.MIN_GROUP_SIZE,
        limits.MIN_SHARE_SIZE,
        limits.MIN_COMMENT_SCOPE,
        limits.MIN_TARGET_SIZE,
    )
    assert (limits.LOWEST_TARGET, limits.HIGHEST_TARGET, limits.RATINGS_PER_PERSON) == (30, 90, 3)
    assert limits.MISSING == 255
