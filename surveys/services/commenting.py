"""Comments at counting: names and contacts are taken out, and what would tell the author is held back."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Count

from surveys.models import Comment, Department, Employee, Invitation, StaffUser, Wave, WithheldComments
from surveys.redaction.language import is_in_another_language
from surveys.redaction.recognisable import is_recognisable
from surveys.redaction.redactor import NamedPerson, Redactor
from surveys.selectors.comments import Scope


@dataclass(frozen=True)
class WrittenComment:
    """A comment as it was sent, and where it is to be shown."""

    # The scope that it is shown in unless it is held back.
    scope: Scope
    # As its author wrote it.
    text: str


def redact_comments(
    wave: Wave, written: Iterable[WrittenComment], *, by_division: bool
) -> tuple[list[Comment], list[WithheldComments]]:
    """The comments to store, and how many of each scope are held back; nothing is stored here.

    A comment that is held back is in no other scope either: its author wrote for this one.
    """
    redactor, languages = roster_redactor(), _common_languages(wave, by_division=by_division)
    kept: list[Comment] = []
    withheld = Counter[Scope]()
    try:
        for comment in written:
            text = redactor.redact(comment.text)
            if is_recognisable(comment.text) or is_in_another_language(text, languages[comment.scope]):
                withheld[comment.scope] += 1
            else:
                kept.append(Comment(wave=wave, division_id=comment.scope, text=text))
    finally:
        # The counting worker lives on, and its memory with it.
        redactor.forget()
    counts = [WithheldComments(wave=wave, division_id=scope, count=count) for scope, count in withheld.items()]
    return kept, counts


def roster_redactor() -> Redactor:
    """Knows everybody who is on the roster, who has left it and is not yet purged, and who signs in."""
    people = [*Employee.objects.values_list("name", "email"), *StaffUser.objects.values_list("name", "email")]
    departments = Department.objects.values_list("name", flat=True)
    return Redactor((NamedPerson(name, email) for name, email in people), departments)


def _common_languages(wave: Wave, *, by_division: bool) -> Mapping[Scope, frozenset[str]]:
    """Of each scope the languages that at least the minimum group of its invited people has registered."""
    invited = Invitation.objects.filter(wave=wave, employee__isnull=False).order_by()
    counted: dict[Scope, Counter[str]] = defaultdict(Counter)
    rows = invited.values_list("group__division", "employee__language").annotate(people=Count("id"))
    for division, language, people in rows:
        counted[division if by_division else None][language] += people
    common = {
        scope: frozenset(language for language, people in tally.items() if people >= wave.min_group_size)
        for scope, tally in counted.items()
    }
    return defaultdict(frozenset, common)
