"""Comments of a counted wave, as far as a member of staff may read them."""

import uuid
from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from surveys.choices import WaveState
from surveys.models import Comment, CommentHiding, Department, ReportingGroup, Wave, WithheldComments
from surveys.redaction.folding import plain

# A division, or None for the company.
Scope = int | None
# The ids of the departments that a reader may see; None for all.
Within = frozenset[int] | None


@dataclass(frozen=True)
class CommentScope:
    """The comments of one division, or of the company, in one wave."""

    # The division's id; None is the company.
    division: int | None
    # The division's name; empty for the company.
    name: str
    # How many can be read.
    shown: int
    # How many were held back at counting.
    withheld: int
    # How many HR has hidden.
    hidden: int

    @property
    def value(self) -> str:
        """What an address names the scope by."""
        return str(self.division or "company")


def commented_waves() -> QuerySet[Wave]:
    """Counted waves of the product's own, the newest first: imported ones have no comments."""
    waves = Wave.objects.filter(state=WaveState.CLOSED, imported_for=None)
    return waves.select_related("survey").defer("questionnaire").order_by("-closes_at", "-number")


def comment_scopes(wave: Wave, within: Within) -> tuple[CommentScope, ...]:
    """Scopes of the wave that have had comments and that the reader may read, by name; four queries at most.

    `within` has the ids of the reader's departments, None for all. A division is the reader's where all its
    departments are, by the wave's groups as well: the roster may have changed since.
    """
    rows = Comment.objects.filter(wave=wave).order_by().values_list("division", "hidden").annotate(count=Count("id"))
    counts = Counter[tuple[Scope, bool]]({(division, hidden): count for division, hidden, count in rows})
    withheld = Counter[Scope](dict(WithheldComments.objects.filter(wave=wave).values_list("division", "count")))
    readable = _readable_scopes(wave, {*withheld, *(division for division, _ in counts)}, within)
    names = dict(Department.objects.filter(id__in=[scope for scope in readable if scope]).values_list("id", "name"))
    scopes = [
        CommentScope(scope, names.get(scope or 0, ""), counts[scope, False], withheld[scope], counts[scope, True])
        for scope in readable
    ]
    return tuple(sorted(scopes, key=lambda found: (found.name, found.value)))


def comments_in(wave: Wave, scopes: Iterable[CommentScope], text: str = "") -> QuerySet[Comment] | list[Comment]:
    """The comments of these scopes that are not hidden, in an order that tells nothing and stays: that of random ids.

    With a `text` those that have it, in whatever case; databases know the case of some alphabets only.
    """
    divisions = [scope.division for scope in scopes]
    chosen = Q(division__in=[division for division in divisions if division is not None])
    if None in divisions:
        chosen |= Q(division=None)
    found = Comment.objects.filter(chosen, wave=wave, hidden=False).select_related("division").order_by("id")
    return [comment for comment in found if plain(text) in plain(comment.text)] if text else found


def readable_comment(comment_id: uuid.UUID, wave_id: uuid.UUID) -> Comment | None:
    """A comment that is not hidden, for HR."""
    found = Comment.objects.filter(id=comment_id, wave=wave_id, wave__state=WaveState.CLOSED, hidden=False)
    return found.select_related("division", "wave__survey").first()


def hidings(wave: Wave) -> QuerySet[CommentHiding]:
    """Who has hidden comments of the wave, when and why; the newest first."""
    return CommentHiding.objects.filter(wave=wave).select_related("staff", "division")


def _readable_scopes(wave: Wave, scopes: Collection[Scope], within: Within) -> list[Scope]:
    if within is None:
        return list(scopes)
    people: dict[Scope, set[int]] = {scope: {scope} for scope in scopes if scope is not None}
    for division, departments in ReportingGroup.objects.filter(wave=wave).values_list("division", "departments"):
        people.get(division, set()).update(departments)
    return [scope for scope, departments in people.items() if departments <= within]
