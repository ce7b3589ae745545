"""Which shares "needed, but no contact" a wave publishes: of those of crossing cells, none that tells a count."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from diagnostics.choices import RaterKind
from diagnostics.core.disclosure.bands import plain_band
from diagnostics.core.disclosure.pairs import Key, Suppression
from diagnostics.core.disclosure.reasons import SuppressionRule
from diagnostics.core.disclosure.share_sums import ShareNode, revealing_sums
from diagnostics.core.disclosure.shares import PublishedShare, coarse_percent, published_share, rule_against_share
from diagnostics.scoring.pairs.ratings import RatedDirection, RatingTable
from surveys.rules.rounding import Band

_Rules = Mapping[str, SuppressionRule]


def contact_share(cell: RatedDirection, table: RatingTable) -> PublishedShare:
    """How many percent of the ratings of a cell say that contact was needed, and there was none."""
    had, needed = table.contact_of(cell)
    return published_share(needed, had + needed, _band(cell, table))


def suppress_contact_shares(cells: Sequence[RatedDirection], table: RatingTable, suppression: Suppression) -> _Rules:
    """The rules by id of the cells whose share is suppressed; those of crossing cells among them."""
    rules, own = dict(suppression.shares), set[str]()
    for cell in cells:
        rule = None if cell.id in suppression.figures else _rule_against(cell, table)
        if rule == SuppressionRule.TOO_FEW_FOR_SHARE or (rule and cell.id not in rules):
            rules[cell.id] = rule
            own.add(cell.id)
    for rater_kind in (RaterKind.DIVISION, RaterKind.EVERYBODY):
        revealing = revealing_sums(_sums(cells, table, rules, rater_kind))
        rules |= dict.fromkeys(revealing, SuppressionRule.NARROW_BAND)
        own |= revealing
    return rules | _complementary([cell for cell in cells if cell.id in own], cells, table, rules)


def _complementary(
    suppressed: Sequence[RatedDirection], cells: Sequence[RatedDirection], table: RatingTable, rules: _Rules
) -> dict[str, SuppressionRule]:
    """The last cells to suppress as well, so that no suppressed share, of these too, is a sum of published ones."""
    found: dict[str, SuppressionRule] = {}
    shown_with: dict[Key, set[RatedDirection]] = defaultdict(set)
    for cell in cells:
        if cell.id not in rules:
            for key in cell.members:
                shown_with[key].add(cell)
    waiting = list(suppressed)
    while waiting:
        cell = waiting.pop()
        while _is_sum(cell, shown_with, table):
            touching = set().union(*(shown_with[key] for key in cell.members))
            last = max(touching, key=lambda other: (other.order, other.id))
            found[last.id] = SuppressionRule.COMPLEMENTARY
            for key in last.members:
                shown_with[key].discard(last)
            waiting.append(last)
    return found


def _is_sum(cell: RatedDirection, shown_with: Mapping[Key, set[RatedDirection]], table: RatingTable) -> bool:
    """Whether a cell is made of whole blocks, the atoms that lie in the same published cells."""
    inside = [key for key in cell.members if sum(table.by_key[key].contact)]
    blocks = {frozenset(shown_with[key]) for key in inside}
    if not blocks or frozenset() in blocks:
        return False
    # Atoms outside that lie in the same published cells as some inside are of one block with them.
    reached = {key for block in blocks for other in block for key in other.members} - cell.members
    outside = {frozenset(shown_with[key]) for key in reached if sum(table.by_key[key].contact)}
    return not blocks & outside


def _rule_against(cell: RatedDirection, table: RatingTable) -> SuppressionRule | None:
    had, needed = table.contact_of(cell)
    if not had + needed:
        return SuppressionRule.TOO_FEW_FOR_SHARE
    return rule_against_share(needed, had + needed, _band(cell, table))


def _band(cell: RatedDirection, table: RatingTable) -> Band:
    raters, people = table.contact_raters_of(cell), table.contact_people_of(cell)
    return plain_band(raters, people, min_group_size=table.min_group_size)


def _sums(
    cells: Sequence[RatedDirection], table: RatingTable, rules: _Rules, rater_kind: RaterKind
) -> Iterator[ShareNode]:
    """Each whole that such raters rate, with the directions of groups that it is made of, and what is left over.

    Only where each rater of the whole gave one rating: else raters do not add up, and no sum tells their number.
    """
    parts = [cell for cell in cells if cell.rater_kind == RaterKind.GROUP]
    for whole in (cell for cell in cells if cell.rater_kind == rater_kind):
        if sum(table.contact_of(whole)) != table.contact_raters_of(whole):
            continue
        inside = [part for part in parts if part.members <= whole.members]
        yield _node(whole, table, rules, parent=None)
        yield from (_node(part, table, rules, parent=whole.id) for part in inside)
        rest = sum(table.contact_of(whole)) - sum(sum(table.contact_of(part)) for part in inside)
        if rest:
            left_over = plain_band(rest, None, min_group_size=table.min_group_size)
            yield ShareNode(f"rest of {whole.id}", whole.id, left_over, None)


def _node(cell: RatedDirection, table: RatingTable, rules: _Rules, *, parent: str | None) -> ShareNode:
    had, needed = table.contact_of(cell)
    band = _band(cell, table)
    percent = None if cell.id in rules else coarse_percent(needed, had + needed, band)
    name = cell.id if parent is None else f"{cell.id} in {parent}"
    return ShareNode(name, parent, band, percent)
