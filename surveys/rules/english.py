"""Counts and lists as English sentences have them, for the packages that make sentences. Pure."""

from collections.abc import Sequence


def format_count(count: int, one: str, many: str) -> str:
    """A count with what is counted: "1 person", "3 people"."""
    return f"{count} {one if count == 1 else many}"


def join_names(names: Sequence[str]) -> str:
    """Names in one text: "A", "A and B", "A, B and C"; empty for none."""
    if len(names) <= 1:
        return "".join(names)
    return f"{', '.join(names[:-1])} and {names[-1]}"
