"""Which cells of the pair map may be shown: crossing sets of atoms, the ratings that nothing divides.

The residual rule (core.disclosure.tree) needs cells that lie inside each other or apart. Those of the pair map cross:
"division to division" and "everybody about one department" share some ratings and not others. So the rule is taken one
step further. Atoms that lie in the same published cells form a block; every figure that can be computed from the
published ones treats the atoms of a block alike, so it is made of whole blocks. It suffices that each block may itself
be shown. Cells are admitted one by one, the widest level first, as long as every block stays fit to be shown; what
is refused can never be computed later: it would have to be a sum of blocks, each fit to be shown, and then it had been
fit itself.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import count

from diagnostics.core.disclosure.reasons import SuppressionRule
from diagnostics.core.disclosure.tree import check_min_group_size
from surveys.rules.limits import MIN_GROUP_SIZE, MIN_SHARE_SIZE, RATINGS_PER_PERSON

Key = tuple[str, int]


@dataclass(frozen=True)
class Atom:
    """The ratings of one rated department by raters that nothing separates: each is another person's."""

    # Names the raters: a group or a division.
    raters: str
    # The id of the rated department.
    rated: int
    # How many have each score value, the lowest risk (0) first.
    scores: tuple[int, ...]
    # The same of those of them who had contact.
    worked: tuple[int, ...]
    # How many (had contact, needed it and had none), whatever else they left out.
    contact: tuple[int, int]
    # Whether a few of the raters' group came, went or moved since it was published last: it needs twice the minimum.
    changed: bool = False

    @property
    def key(self) -> Key:
        return self.raters, self.rated


@dataclass(frozen=True)
class CrossingCell:
    """A cell that might be shown, and that shares atoms with others."""

    # Names it among the cells of its wave.
    id: str
    # 0 is the most important to show.
    rank: int
    # The keys of the atoms that it is made of.
    members: frozenset[Key]
    # Its place within its rank, the most important first. Never by the count itself: of two cells of one band it would
    # say which has more people.
    order: int = 0


@dataclass(frozen=True)
class Suppression:
    """The rules that suppress cells, by their ids."""

    # Of the figures.
    figures: Mapping[str, SuppressionRule]
    # Of the shares "needed, but no contact".
    shares: Mapping[str, SuppressionRule]


def suppress_crossing_cells(
    atoms: Iterable[Atom], crossing_cells: Iterable[CrossingCell], *, min_group_size: int = MIN_GROUP_SIZE
) -> Suppression:
    """What to suppress. Depends on the cells alone, never on their order.

    A share is shown only beside its figure. Where both are, the mean of those who had contact can be computed, so
    in each block these too must be nobody or people who may be shown. Raises ValueError for a minimum group size under
    5, an atom or a cell that is there twice, or a cell with an unknown atom.
    """
    check_min_group_size(min_group_size)
    listed = sorted(crossing_cells, key=lambda cell: cell.id)
    ratings = _Ratings(atoms, min_group_size)
    ratings.check(listed)
    figures, blocks = _admit(listed, ratings.rule_against, ratings.people)
    shown = [cell for cell in listed if cell.id not in figures]
    shares, _ = _admit(shown, lambda part: ratings.rule_against_share(part, blocks), ratings.people)
    # One rule, whyever the figure is suppressed: it tells nothing of how many had contact.
    beside_none = dict.fromkeys(figures, SuppressionRule.WITHOUT_FIGURE)
    return Suppression(figures, beside_none | shares)


def raters_at_least(counts: Iterable[tuple[int, int]]) -> int:
    """The fewest people that ratings can come from, by (rated department, number of ratings).

    One person rates several departments, each of them once: so it is the largest number for a single one.
    """
    by_rated: dict[int, int] = {}
    for rated, number in counts:
        by_rated[rated] = by_rated.get(rated, 0) + number
    return max(by_rated.values(), default=0)


def _scores(atom: Atom) -> tuple[int, ...]:
    return atom.scores


def _worked(atom: Atom) -> tuple[int, ...]:
    return atom.worked


def _contact(atom: Atom) -> tuple[int, ...]:
    return atom.contact


_Counts = Callable[[Atom], tuple[int, ...]]
_Part = Collection[Key]


class _Ratings:
    def __init__(self, atoms: Iterable[Atom], min_group_size: int) -> None:
        self.min_group_size = min_group_size
        self.atoms: dict[Key, Atom] = {}
        for atom in atoms:
            if atom.key in self.atoms:
                raise ValueError(f"The atom {atom.key} is there twice.")
            self.atoms[atom.key] = atom

    def check(self, crossing_cells: Sequence[CrossingCell]) -> None:
        if len({cell.id for cell in crossing_cells}) != len(crossing_cells):
            raise ValueError("Two cells have the same id.")
        for cell in crossing_cells:
            if not cell.members <= self.atoms.keys():
                raise ValueError(f"Cell {cell.id} has an atom that nobody has counted.")

    def people(self, part: _Part, counts: _Counts = _scores) -> int:
        return raters_at_least((self.atoms[key].rated, sum(counts(self.atoms[key]))) for key in part)

    def rule_against(self, part: _Part, counts: _Counts = _scores) -> SuppressionRule | None:
        """The rule against one figure of these atoms; None also where they have no ratings."""
        people = self.people(part, counts)
        if 0 < people < self.min_group_size:
            return SuppressionRule.TOO_FEW
        if 0 < people < 2 * self.min_group_size and any(self.atoms[key].changed for key in part):
            return SuppressionRule.CHANGED
        return SuppressionRule.HOMOGENEOUS if self._homogeneous(part, counts) else None

    def rule_against_share(self, part: _Part, blocks: "_Blocks") -> SuppressionRule | None:
        people = self.people(part, _contact)
        if 0 < people < max(self.min_group_size, MIN_SHARE_SIZE):
            return SuppressionRule.TOO_FEW_FOR_SHARE
        if self._homogeneous(part, _contact):
            return SuppressionRule.HOMOGENEOUS
        reveals = any(self.rule_against(inside, _worked) for inside in blocks.split(part).values())
        return SuppressionRule.COMPLEMENTARY if reveals else None

    def _homogeneous(self, part: _Part, counts: _Counts) -> bool:
        """Whether all, or all but one person, gave the same risky answer: one person may have several ratings here."""
        atoms = [self.atoms[key] for key in part]
        columns = [sum(column) for column in zip(*map(counts, atoms), strict=True)]
        ratings_of_one = min(RATINGS_PER_PERSON, len({atom.rated for atom in atoms if sum(counts(atom))}))
        total = sum(columns)
        return bool(total) and max(columns[1:], default=0) >= max(total - ratings_of_one, 1)


def _admit(
    crossing_cells: Iterable[CrossingCell],
    rule_against: Callable[[_Part], SuppressionRule | None],
    people: Callable[[_Part], int],
) -> tuple[dict[str, SuppressionRule], "_Blocks"]:
    """The rules of the cells that cannot join those before them: the widest level first, there by their order."""
    blocks, rules = _Blocks(), {}
    for cell in sorted(crossing_cells, key=lambda cell: (cell.rank, cell.order, cell.id)):
        rule = rule_against(cell.members) if people(cell.members) else SuppressionRule.TOO_FEW
        if not rule and any(rule_against(part) for part in blocks.parts(cell.members)):
            rule = SuppressionRule.COMPLEMENTARY
        if rule:
            rules[cell.id] = rule
        else:
            blocks.divide(cell.members)
    return rules, blocks


class _Blocks:
    """The atoms in any published cell, in blocks that lie in the same ones."""

    def __init__(self) -> None:
        self._block: dict[Key, int] = {}
        self._members: dict[int, set[Key]] = {}
        self._numbers = count(1)

    def parts(self, members: Collection[Key]) -> list[set[Key]]:
        """What blocks would be new if these atoms were published together."""
        found = []
        for number, inside in self.split(members).items():
            outside = self._members.get(number, set()) - inside
            found += [inside, outside] if outside else [inside]
        return found

    def divide(self, members: Collection[Key]) -> None:
        for number, inside in self.split(members).items():
            if number in self._members:
                self._members[number] -= inside
            new = next(self._numbers)
            self._members[new] = inside
            self._block.update(dict.fromkeys(inside, new))

    def split(self, members: Collection[Key]) -> dict[int, set[Key]]:
        """By block, the atoms of it; 0 for those that are in no published cell."""
        touched: dict[int, set[Key]] = defaultdict(set)
        for key in members:
            touched[self._block.get(key, 0)].add(key)
        return touched
