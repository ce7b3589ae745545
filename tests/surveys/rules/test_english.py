"""Counts and lists in sentences."""

import pytest

from surveys.rules.english import format_count, join_names


@pytest.mark.parametrize(("count", "text"), [(0, "0 people"), (1, "1 person"), (2, "2 people")])
def test_one_is_singular_and_every_other_count_plural(count, text):
    assert format_count(count, "person", "people") == text


@pytest.mark.parametrize(("names", "text"), [("", ""), ("A", "A"), ("AB", "A and B"), ("ABC", "A, B and C")])
def test_names_are_listed_with_an_and_before_the_last(names, text):
    assert join_names([*names]) == text
