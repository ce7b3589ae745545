"""Takes out of a comment what names or reaches people."""

from collections.abc import Iterable
from dataclasses import dataclass

from surveys.redaction.contacts import LINK, TextSpan, find_contacts
from surveys.redaction.folding import key_of, readable
from surveys.redaction.lexicon import is_word, reading_of
from surveys.redaction.name_index import NameIndex
from surveys.redaction.names import find_names


@dataclass(frozen=True)
class NamedPerson:
    """Somebody whose name and address are taken out of comments."""

    # In any order of its parts.
    name: str
    # The mail address, of which what stands before the @ is taken out too; empty for none.
    address: str = ""


class Redactor:
    """Knows the people of one roster. Gives the same text for the same comment and roster, at any time."""

    def __init__(self, people: Iterable[NamedPerson], departments: Iterable[str] = ()) -> None:
        """`departments` are names that a comment may say, even where somebody has the same."""
        known = tuple(people)
        addresses = (person.address for person in known if person.address)
        self._index = NameIndex((person.name for person in known), addresses, departments)

    def redact(self, comment: str) -> str:
        """The comment with "[a colleague]" for names, "[an address]", "[a number]" and "[a link to ...]" for contacts.

        What is not replaced stays as it was written, letter by letter.
        """
        seen = readable(comment)
        contacts = _without_overlaps(find_contacts(seen.text))
        names = [
            name for name in find_names(seen.text, self._index) if not any(_overlap(name, span) for span in contacts)
        ]
        parts, place = [], 0
        for span in sorted((*contacts, *names)):
            start, end = seen.origins[span.start], seen.origins[span.end]
            parts += [comment[place:start], self._replacement(span)]
            place = end
        return "".join((*parts, comment[place:]))

    def forget(self) -> None:
        """Forgets the words of all comments so far, which it keeps to be quick; for processes that live on."""
        self._index.forget()
        for remembered in (key_of, is_word, reading_of):
            remembered.cache_clear()

    def _replacement(self, span: TextSpan) -> str:
        """What is put in; the host of a link can be somebody's name."""
        is_named = span.host and any(True for _ in find_names(span.host, self._index))
        return LINK if is_named else span.replacement


def _without_overlaps(spans: Iterable[TextSpan]) -> list[TextSpan]:
    """Of spans that overlap the longest, else the first."""
    kept: list[TextSpan] = []
    for span in sorted(spans, key=lambda found: (found.start - found.end, found.start)):
        if not any(_overlap(span, other) for other in kept):
            kept.append(span)
    return kept


def _overlap(first: TextSpan, second: TextSpan) -> bool:
    return first.start < second.end and second.start < first.end
