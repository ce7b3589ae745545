"""The stored ratings of a wave, by atom, and the cells of the pair map that are made of them."""

import hashlib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from diagnostics.choices import GroupKind, RaterKind
from diagnostics.core.arrays import Codes, Floats
from diagnostics.core.disclosure.bands import CountNode, plain_band, published_bands
from diagnostics.core.disclosure.pairs import Atom, CrossingCell, Key, raters_at_least
from diagnostics.core.estimate.answers import decode
from diagnostics.scoring.key import NEEDED, WORKED, PairScoringKey
from diagnostics.scoring.pairs.ends import PairEnd, PairEnds
from surveys.rules.limits import MIN_GROUP_SIZE, MISSING
from surveys.rules.rounding import Band
from surveys.selectors.results import RatingBlock

# Everybody about a department matters most: it is the last figure to fall back to.
_RANKS = {RaterKind.EVERYBODY: 0, RaterKind.GROUP: 1, RaterKind.DIVISION: 2}


@dataclass(frozen=True)
class RatedDirection:
    """A direction of the pair map with the ratings it is made of; whether it may be shown is not known yet."""

    # Who rates: a group, a division or everybody.
    rater_kind: RaterKind
    # Who says it.
    rater: PairEnd
    # Whom it is about.
    rated: PairEnd
    # The keys of its atoms.
    members: frozenset[Key]
    # Its place among the directions of its wave, the most important to show first.
    order: int = 0

    @property
    def id(self) -> str:
        return f"{self.rater_kind} {self.rater.key} {self.rated.key}"

    @property
    def crossing_cell(self) -> CrossingCell:
        """The same for the rules that say what may be shown."""
        return CrossingCell(self.id, _RANKS[self.rater_kind], self.members, self.order)


class RatingTable:
    """The ratings by atom. `raters` finds, by an atom's raters, whose they are.

    `changed` are ids of departments that a few came to or left (diagnostics.scoring.over_time).
    """

    def __init__(
        self,
        scoring_key: PairScoringKey,
        ends: PairEnds,
        blocks: Sequence[RatingBlock],
        *,
        min_group_size: int = MIN_GROUP_SIZE,
        changed: frozenset[int] = frozenset(),
    ) -> None:
        self.ends, self.min_group_size = ends, min_group_size
        self.raters: dict[str, PairEnd] = {}
        # The raters of atoms whose ratings are stored by group; the others are stored by division.
        self.stored_by_group: set[str] = set()
        scores: dict[Key, Floats] = {}
        contacts: dict[Key, Codes] = {}
        for block in blocks:
            raters = ends.by_group[block.group] if block.group else ends.by_division[block.division or 0]
            if block.group and block.counterpart in raters.departments:
                continue  # about people of the same pool as the raters
            key = str(block.group or f"division {block.division}"), block.counterpart
            self.raters[key[0]] = raters
            if block.group:
                self.stored_by_group.add(key[0])
            scores[key], contacts[key] = _scored(scoring_key, block)
        self.scores = {key: given[~np.isnan(given)] for key, given in scores.items()}
        values = np.unique(np.concatenate([np.zeros(1), *self.scores.values()]))
        self.atoms = [
            replace(
                _atom(key, scores[key], contacts[key], values),
                changed=not changed.isdisjoint(self.raters[key[0]].departments),
            )
            for key in sorted(scores)
        ]
        self.by_key = {atom.key: atom for atom in self.atoms}

    def scores_of(self, cell: RatedDirection) -> Floats:
        return np.concatenate([self.scores[key] for key in sorted(cell.members)])

    def raters_of(self, cell: RatedDirection) -> int:
        return raters_at_least((key[1], len(self.scores[key])) for key in cell.members)

    def people_of(self, cell: RatedDirection) -> int | None:
        return self.ends.could_rate((self.raters[key[0]], key[1], len(self.scores[key])) for key in cell.members)

    def contact_raters_of(self, cell: RatedDirection) -> int:
        """The fewest people whom the answers about contact can come from."""
        return raters_at_least((key[1], sum(self.by_key[key].contact)) for key in cell.members)

    def contact_people_of(self, cell: RatedDirection) -> int | None:
        """The most people whom they can come from; None where nobody knows."""
        return self.ends.could_rate(
            (self.raters[key[0]], key[1], sum(self.by_key[key].contact)) for key in cell.members
        )

    def contact_of(self, cell: RatedDirection) -> tuple[int, int]:
        """How many ratings say that there was contact, or that it was needed."""
        had, needed = zip(*(self.by_key[key].contact for key in cell.members), strict=True)
        return sum(had), sum(needed)


def rater_bands(cells: Sequence[RatedDirection], table: RatingTable) -> dict[str, Band]:
    """By id, the band that the number of each direction's raters is published in.

    Where each rater of a whole gave one rating, its raters are those of the groups that it is made of and those that
    are stored by division, so that sums would tell: its band is joined like that of a division's answers.
    """
    bands = {
        cell.id: plain_band(table.raters_of(cell), table.people_of(cell), min_group_size=table.min_group_size)
        for cell in cells
    }
    parts = [cell for cell in cells if cell.rater_kind == RaterKind.GROUP]
    for whole in cells:
        inside = [part for part in parts if part.members <= whole.members]
        if whole.rater_kind != RaterKind.GROUP and inside and len(table.scores_of(whole)) == table.raters_of(whole):
            bands[whole.id] = published_bands(_sum_of(whole, inside, table), min_group_size=table.min_group_size)[
                whole.id
            ]
    return bands


def order_directions(cells: Sequence[RatedDirection], bands: Mapping[str, Band]) -> list[RatedDirection]:
    """The same directions with their places: by the band of raters, the highest first, then by chance.

    Chance is that of the ids of the wave's groups, which are published nowhere (diagnostics.scoring.disclosing).
    """

    def place(cell: RatedDirection) -> tuple[int, str]:
        raters, rated = min(cell.members)
        return -bands[cell.id].low, hashlib.sha256(f"{raters} {rated} {cell.rater_kind}".encode()).hexdigest()

    places = {cell.id: number for number, cell in enumerate(sorted(cells, key=place))}
    return [replace(cell, order=places[cell.id]) for cell in cells]


def _sum_of(whole: RatedDirection, parts: Sequence[RatedDirection], table: RatingTable) -> list[CountNode]:
    nodes = [CountNode(part.id, whole.id, table.raters_of(part), table.people_of(part)) for part in parts]
    raters, people = table.raters_of(whole), table.people_of(whole)
    if rest := raters - sum(node.count for node in nodes):
        known = [node.people for node in nodes if node.people is not None]
        others = None if people is None or len(known) < len(nodes) else max(rest, people - sum(known))
        nodes.append(CountNode(f"rest of {whole.id}", whole.id, rest, others))
    return [CountNode(whole.id, None, raters, people), *nodes]


def _scored(scoring_key: PairScoringKey, block: RatingBlock) -> tuple[Floats, Codes]:
    """The score of each rating, NaN where it has none, and its contact."""
    if len(block.answers) % scoring_key.width:
        raise ValueError(f"The ratings of department {block.counterpart} do not fit this wave's questionnaire.")
    raw = np.frombuffer(block.answers, dtype=np.uint8).reshape(-1, scoring_key.width)
    contact = raw[:, 0].astype(np.int64)
    values = decode(raw[:, 1:], scoring_key.option_values).astype(np.float64)
    given = (raw[:, 1:] != MISSING) & (contact == WORKED)[:, None]
    items = given.sum(axis=1)
    total = np.where(given, values, 0.0).sum(axis=1)
    scores = np.divide(total, items, out=np.full(len(raw), np.nan), where=items > 0)
    if scoring_key.without_contact is not None:
        scores[contact == NEEDED] = scoring_key.without_contact
    return scores, contact


def _atom(key: Key, scores: Floats, contact: Codes, values: Floats) -> Atom:
    def counts(of: Floats) -> tuple[int, ...]:
        places = np.searchsorted(values, of[~np.isnan(of)])
        return tuple(np.bincount(places, minlength=len(values)).tolist())

    had, needed = int((contact == WORKED).sum()), int((contact == NEEDED).sum())
    return Atom(key[0], key[1], counts(scores), counts(scores[contact == WORKED]), (had, needed))


def rated_directions(table: RatingTable) -> list[RatedDirection]:
    """Every direction that anybody has rated, those of divisions, and everybody about each department."""
    ends = table.ends
    members: dict[tuple[RaterKind, PairEnd, PairEnd], set[Key]] = defaultdict(set)
    for atom in table.atoms:
        rater, rated = table.raters[atom.raters], ends.rated[atom.rated]
        members[RaterKind.EVERYBODY, ends.everybody, rated].add(atom.key)
        stored_by_group = atom.raters in table.stored_by_group
        if stored_by_group:
            members[RaterKind.GROUP, rater, rated].add(atom.key)
        above = ends.above.get(rater.key) if stored_by_group else rater
        other = ends.above.get(rated.key)
        if above and other and GroupKind.DIVISION in (above.kind, other.kind):
            members[RaterKind.DIVISION, above, other].add(atom.key)
    return [RatedDirection(*ends, frozenset(keys)) for ends, keys in members.items()]
