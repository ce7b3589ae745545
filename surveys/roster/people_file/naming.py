"""One name for each department of a file, also where two have the same title: `Support (Berlin)`, `Support (Riga)`."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

# The most characters of a department's name.
DEPARTMENT_LENGTH = 120


@dataclass(frozen=True)
class NamedDepartments:
    """The departments of a file, each under a name of its own."""

    # The name by the path that a row has.
    names: Mapping[tuple[str, ...], str]
    # Every department, with the one above it; None at the top.
    parents: Mapping[str, str | None]
    # What the file calls those that share it with another one, by name.
    titles: Mapping[str, str]


def name_departments(chains: Mapping[tuple[str, ...], tuple[str, ...]]) -> NamedDepartments:
    """`chains` has all titles from the top down, by the path that a row has."""
    nodes = dict.fromkeys(chain[:depth] for chain in chains.values() for depth in range(1, len(chain) + 1))
    shared = Counter(node[-1] for node in nodes)
    beside = Counter(node[-2:] for node in nodes)
    names = {
        node: _label(node, is_alone=beside[node[-2:]] == 1) if shared[node[-1]] > 1 else node[-1] for node in nodes
    }
    return NamedDepartments(
        names={path: names[chain] for path, chain in chains.items()},
        parents={name: names.get(node[:-1]) for node, name in names.items()},
        titles={name: node[-1] for node, name in names.items() if shared[node[-1]] > 1},
    )


def _label(node: tuple[str, ...], *, is_alone: bool) -> str:
    """The title with the one above it; with all above it, where another one has the same two."""
    above = node[-2:-1] if is_alone else node[-2::-1]
    if not above:
        return node[-1]
    added = f" ({', '.join(above)})"
    letters = max(DEPARTMENT_LENGTH - len(added), DEPARTMENT_LENGTH // 2)
    return f"{node[-1][:letters]}{added}"[:DEPARTMENT_LENGTH]
