"""From stored ratings to the pair map as plain numbers: what is said, how surely, and what of it stays hidden.

The models see only what may be published: no figure depends on a hidden direction, except that of a division or of
everybody that the direction is part of.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from diagnostics.choices import GroupKind, PairLevel
from diagnostics.core.arrays import Codes, Floats
from diagnostics.core.disclosure.pairs import Atom, Decision, Key, Rectangle, decide_rectangles, raters_at_least
from diagnostics.core.estimate.answers import MISSING, decode
from diagnostics.core.estimate.shares import wilson
from diagnostics.core.pairs.estimate import Directions, PairMap, Told, estimate_cells, estimate_pairs
from diagnostics.scoring.pairs.ends import Side, Sides
from diagnostics.scoring.pairs.key import NEEDED, WORKED, PairSheet
from surveys.selectors.ratings import RatingBlock

# Everybody about a department matters most: it is the last figure to fall back to.
_RANKS = {PairLevel.EVERYBODY: 0, PairLevel.GROUP: 1, PairLevel.DIVISION: 2}
ONE_BY_ONE = "sums of directions are estimated one by one"


@dataclass(frozen=True)
class Interval:
    value: float
    low: float
    high: float


@dataclass(frozen=True)
class PairCell:
    """What `rater` says of `rated`, 0..100 with its 90 % interval; hidden with a `reason` and no figure.

    `raters` is the fewest people it can come from, `people` how many it can come from at most, None where nobody knows.
    `share` is the percentage that needed contact and had none, with a reason of its own where it stays hidden. `model`
    is a choices.PairModel, with the reason for the simpler one.
    """

    level: PairLevel
    rater: Side
    rated: Side
    raters: int
    people: int | None
    reason: str
    share_reason: str
    figure: Interval | None = None
    share: Interval | None = None
    model: str = ""
    model_reason: str = ""


@dataclass(frozen=True)
class PairBoth:
    """The mean of both directions, and the first less the second (-100..100), with their 90 % intervals."""

    level: PairLevel
    first: Side
    second: Side
    figure: Interval
    asymmetry: Interval
    model: str
    model_reason: str


@dataclass(frozen=True)
class Pairs:
    cells: tuple[PairCell, ...] = ()
    both: tuple[PairBoth, ...] = ()


@dataclass(frozen=True)
class _Cell:
    level: PairLevel
    rater: Side
    rated: Side
    members: frozenset[Key]

    @property
    def id(self) -> str:
        return f"{self.level} {self.rater.key} {self.rated.key}"


def compute_pairs(sheet: PairSheet, sides: Sides, blocks: Sequence[RatingBlock], *, min_group_size: int) -> Pairs:
    """The pair map of a wave. Raises ValueError where stored ratings do not fit the questionnaire."""
    table = _Table(sheet, sides, blocks)
    cells = _cells(sides, table.raters, table.atoms)
    rectangles = [Rectangle(cell.id, _RANKS[cell.level], cell.members) for cell in cells]
    decision = decide_rectangles(table.atoms, rectangles, min_group_size=min_group_size)
    found: list[PairCell] = []
    both: list[PairBoth] = []
    for level in PairLevel:
        here = [cell for cell in cells if cell.level == level]
        shown = [cell for cell in here if cell.id not in decision.figures]
        estimates = _estimated(shown, table) if shown else None
        found += _told(here, shown, estimates, table, decision)
        if estimates and level != PairLevel.EVERYBODY:
            both += _both(level, shown, estimates)
    return Pairs(tuple(found), tuple(both))


class _Table:
    """The ratings by atom. `raters` finds, by an atom's raters, whose they are."""

    def __init__(self, sheet: PairSheet, sides: Sides, blocks: Sequence[RatingBlock]) -> None:
        self.sides = sides
        self.raters: dict[str, Side] = {}
        scores: dict[Key, Floats] = {}
        contacts: dict[Key, Codes] = {}
        for block in blocks:
            raters = sides.by_group[block.group] if block.group else sides.by_division[block.division or 0]
            if block.group and block.counterpart in raters.departments:
                continue  # said of people with whom the raters are counted: inside a pool
            key = str(block.group or f"division {block.division}"), block.counterpart
            self.raters[key[0]] = raters
            scores[key], contacts[key] = _scored(sheet, block)
        self.scores = {key: one[~np.isnan(one)] for key, one in scores.items()}
        values = np.unique(np.concatenate([np.zeros(1), *self.scores.values()]))
        self.atoms = [_atom(key, scores[key], contacts[key], values) for key in sorted(scores)]
        self.by_key = {atom.key: atom for atom in self.atoms}

    def of(self, cell: _Cell) -> Floats:
        return np.concatenate([self.scores[key] for key in sorted(cell.members)])

    def raters_of(self, cell: _Cell) -> int:
        return raters_at_least((key[1], len(self.scores[key])) for key in cell.members)

    def people_of(self, cell: _Cell) -> int | None:
        return self.sides.could_rate((self.raters[key[0]], key[1], len(self.scores[key])) for key in cell.members)

    def contact_of(self, cell: _Cell) -> tuple[int, int]:
        """How many ratings say that there was contact, or that it was needed."""
        had, needed = zip(*(self.by_key[key].contact for key in cell.members), strict=True)
        return sum(had), sum(needed)


def _scored(sheet: PairSheet, block: RatingBlock) -> tuple[Floats, Codes]:
    """The score of each rating, NaN where it has none, and its contact."""
    if len(block.answers) % sheet.width:
        raise ValueError(f"The ratings of department {block.counterpart} do not fit this wave's questionnaire.")
    raw = np.frombuffer(block.answers, dtype=np.uint8).reshape(-1, sheet.width)
    contact = raw[:, 0].astype(np.int64)
    values = decode(raw[:, 1:], sheet.option_values).astype(np.float64)
    given = (raw[:, 1:] != MISSING) & (contact == WORKED)[:, None]
    items = given.sum(axis=1)
    total = np.where(given, values, 0.0).sum(axis=1)
    scores = np.divide(total, items, out=np.full(len(raw), np.nan), where=items > 0)
    if sheet.without_contact is not None:
        scores[contact == NEEDED] = sheet.without_contact
    return scores, contact


def _atom(key: Key, scores: Floats, contact: Codes, values: Floats) -> Atom:
    def counts(of: Floats) -> tuple[int, ...]:
        places = np.searchsorted(values, of[~np.isnan(of)])
        return tuple(np.bincount(places, minlength=len(values)).tolist())

    had, needed = int((contact == WORKED).sum()), int((contact == NEEDED).sum())
    return Atom(key[0], key[1], counts(scores), counts(scores[contact == WORKED]), (had, needed))


def _cells(sides: Sides, raters: Mapping[str, Side], atoms: Iterable[Atom]) -> list[_Cell]:
    """Every direction that anybody has rated, those of divisions, and everybody about each department."""
    members: dict[tuple[PairLevel, Side, Side], set[Key]] = defaultdict(set)
    for atom in atoms:
        rater, rated = raters[atom.raters], sides.rated[atom.rated]
        members[PairLevel.EVERYBODY, sides.everybody, rated].add(atom.key)
        stored_by_group = not atom.raters.startswith("division")
        if stored_by_group:
            members[PairLevel.GROUP, rater, rated].add(atom.key)
        above = sides.above.get(rater.key) if stored_by_group else rater
        other = sides.above.get(rated.key)
        if above and other and GroupKind.DIVISION in (above.kind, other.kind):
            members[PairLevel.DIVISION, above, other].add(atom.key)
    return [_Cell(*ends, frozenset(keys)) for ends, keys in members.items()]


def _estimated(cells: Sequence[_Cell], table: _Table) -> PairMap:
    codes: dict[str, int] = {}
    for cell in cells:
        for side in (cell.rater, cell.rated):
            codes.setdefault(side.key, len(codes))
    scores = [table.of(cell) for cell in cells]
    directions = Directions(
        rater=np.array([codes[cell.rater.key] for cell in cells]),
        rated=np.array([codes[cell.rated.key] for cell in cells]),
        # Several ratings may be one person's: counted as if they were, an interval is rather too wide.
        n=np.array([table.raters_of(cell) for cell in cells]),
        mean=np.array([one.mean() for one in scores]),
        variance=np.array([one.var(ddof=1) for one in scores]),
    )
    return estimate_pairs(directions) if cells[0].level == PairLevel.GROUP else estimate_cells(directions)


def _told(
    cells: Sequence[_Cell], shown: Sequence[_Cell], estimates: PairMap | None, table: _Table, decision: Decision
) -> list[PairCell]:
    intervals = _intervals(estimates.directions()) if estimates else []
    figures = dict(zip([cell.id for cell in shown], intervals, strict=True))
    found = []
    for cell in cells:
        reason, share_reason = decision.figures.get(cell.id, ""), decision.shares.get(cell.id, "")
        told = PairCell(
            cell.level, cell.rater, cell.rated, table.raters_of(cell), table.people_of(cell), reason, share_reason
        )
        if estimates and not reason:
            share = None if share_reason else _share(*table.contact_of(cell))
            model, why = _model(cell.level, estimates)
            told = replace(told, figure=figures[cell.id], share=share, model=model, model_reason=why)
        found.append(told)
    return found


def _model(level: PairLevel, estimates: PairMap) -> tuple[str, str]:
    return estimates.model, estimates.reason if level == PairLevel.GROUP else ONE_BY_ONE


def _both(level: PairLevel, cells: Sequence[_Cell], estimates: PairMap) -> list[PairBoth]:
    place = {(cell.rater.key, cell.rated.key): number for number, cell in enumerate(cells)}
    pairs = [
        (number, place[cell.rated.key, cell.rater.key])
        for number, cell in enumerate(cells)
        if cell.rater.key < cell.rated.key and (cell.rated.key, cell.rater.key) in place
    ]
    if not pairs:
        return []
    first, second = np.array(pairs).T
    means, differences = estimates.both(first, second), estimates.difference(first, second)
    return [
        PairBoth(level, cells[one].rater, cells[one].rated, figure, asymmetry, *_model(level, estimates))
        for (one, _), figure, asymmetry in zip(pairs, _intervals(means), _intervals(differences), strict=True)
    ]


def _intervals(told: Told) -> list[Interval]:
    return [Interval(*map(float, row)) for row in np.column_stack([told.value, told.low, told.high])]


def _share(had: int, needed: int) -> Interval:
    low, high = wilson(np.array([needed]), np.array([had + needed]))
    return Interval(100 * needed / (had + needed), 100 * float(low[0]), 100 * float(high[0]))
