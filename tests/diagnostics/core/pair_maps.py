"""Random pair maps: groups in divisions, who rated whom, and the cells that a wave might show of it."""

from diagnostics.core.disclosure.pairs import Atom, CrossingCell

EVERYBODY, DIRECT, DIVISIONS = range(3)


def random_map(rng, *, min_group_size=5):
    """Atoms and crossing cells of a company: by group, and by division where a group had too few raters.

    What closing stores has the minimum group size at least; fewer may have a score, since "no need" has none.
    """
    groups = int(rng.integers(3, 9))
    division = [f"d{rng.integers(0, 3)}" for _ in range(groups)]
    departments = [(group, 10 * group + part) for group in range(groups) for part in range(int(rng.integers(1, 3)))]
    atoms, leftover = {}, {}
    for raters in range(groups):
        for rated, department in departments:
            if raters == rated or rng.random() < 0.45:
                continue
            ratings = _ratings(rng)
            if ratings[0] >= min_group_size:
                atoms[f"g{raters}", department] = ratings
            else:
                key = division[raters], department
                leftover[key] = _added(leftover[key], ratings) if key in leftover else ratings
    atoms |= {key: ratings for key, ratings in leftover.items() if ratings[0] >= min_group_size}
    cells = [Atom(raters, rated, *ratings[1:]) for (raters, rated), ratings in atoms.items()]
    return cells, _crossing_cells(cells, division, {department: group for group, department in departments})


def _ratings(rng):
    """(stored, scores by value, scores of raters with contact, (contact, none))."""
    worked = rng.multinomial(int(rng.integers(0, 10)), rng.dirichlet([0.7, 0.7, 0.7]))
    without = int(rng.integers(0, 4)) if rng.random() < 0.5 else 0
    blank = int(rng.integers(0, 2)) if rng.random() < 0.3 else 0
    no_need = int(rng.integers(0, 5))
    scores = worked.copy()
    scores[-1] += without
    had_contact = int(worked.sum()) + blank
    return had_contact + without + no_need, tuple(scores.tolist()), tuple(worked.tolist()), (had_contact, without)


def _added(first, second):
    if isinstance(first, tuple):
        return tuple(_added(left, right) for left, right in zip(first, second, strict=True))
    return first + second


def _crossing_cells(atoms, division, group_of):
    members = {}
    for atom in atoms:
        above = division[int(atom.raters[1:])] if atom.raters[0] == "g" else atom.raters
        group = group_of[atom.rated]
        members.setdefault((EVERYBODY, f"all-g{group}"), set()).add(atom.key)
        members.setdefault((DIVISIONS, f"{above}-{division[group]}"), set()).add(atom.key)
        if atom.raters[0] == "g":
            members.setdefault((DIRECT, f"{atom.raters}-g{group}"), set()).add(atom.key)
    return [CrossingCell(name, rank, frozenset(keys)) for (rank, name), keys in sorted(members.items())]
