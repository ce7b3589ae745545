"""Whether a word that is also a name means a person, by the words around it."""

import re
from collections.abc import Sequence

from surveys.redaction.folding import Word
from surveys.redaction.lexicon import SHORTEST_NAME, Reading
from surveys.redaction.vocabulary import vocabulary

_SENTENCE_END = re.compile(r"(?:^|[.!?…\n])[\s\"'«“„(\[*•–—-]*$")
_POSSESSIVE = re.compile(r"['’`ʼ]s\b")
_DATE_AFTER = re.compile(r"\s?,?\s?\d")
_DATE_BEFORE = re.compile(r"\d(?:st|nd|rd|th)?\s?(?:of\s)?$")
# The share of a sentence's other words that may be capitalised before capitals say nothing in it.
_TITLE_SHARE = 0.5


class Context:
    """The words of one text, asked about one by one."""

    def __init__(self, text: str, words: Sequence[Word]) -> None:
        self._text = text
        self._words = words

    def means_a_person(self, place: int, reading: Reading) -> bool:
        """Whether the word at `place`, which may be a name, is one; a neighbour of the same name is not looked at."""
        if reading == Reading.NAME:
            return True
        word = self._words[place]
        if self._before(place) in vocabulary().titles:
            return True
        if reading == Reading.DEPARTMENT:
            return False
        if reading == Reading.CAPITAL:
            return word.is_capitalised and (len(word.text) > SHORTEST_NAME or not self._is_title_case(place))
        return self._word_means_a_person(place)

    def _word_means_a_person(self, place: int) -> bool:
        word = self._words[place]
        if self._is_acronym(place):
            return False
        acts = self._acts(place) and self._before(place) not in vocabulary().determiners
        if not word.is_capitalised:
            return acts
        if word.lower in vocabulary().calendar and self._is_date(place):
            return False
        if self._starts_sentence(place) or self._is_title_case(place):
            return acts or (self._is_possessive(place) and not word.text.isupper())
        return self._before(place) not in vocabulary().articles and not word.text.isupper()

    def _is_acronym(self, place: int) -> bool:
        """Whether it is in capitals and what follows is not: HR, or a word that is shouted."""
        following = self._words[place + 1 : place + 2]
        return self._words[place].text.isupper() and not all(word.text.isupper() for word in following)

    def _acts(self, place: int) -> bool:
        """Whether a deed of people follows, an adverb between them or not."""
        following = [word.lower for word in self._words[place + 1 : place + 3]]
        if following and following[0] in vocabulary().between:
            following = following[1:]
        return bool(following) and following[0] in vocabulary().deeds

    def _is_possessive(self, place: int) -> bool:
        return bool(_POSSESSIVE.match(self._text, self._words[place].end))

    def _is_date(self, place: int) -> bool:
        word = self._words[place]
        return (
            self._before(place) in vocabulary().before_calendar
            or bool(_DATE_AFTER.match(self._text, word.end))
            or bool(_DATE_BEFORE.search(self._text[: word.start]))
        )

    def _before(self, place: int) -> str:
        return self._words[place - 1].lower if place else ""

    def _starts_sentence(self, place: int) -> bool:
        return bool(_SENTENCE_END.search(self._text[: self._words[place].start]))

    def _is_title_case(self, place: int) -> bool:
        """Whether capitals say nothing here, since the others of the sentence have them too."""
        first = place
        while first > 0 and not self._starts_sentence(first):
            first -= 1
        last = place + 1
        while last < len(self._words) and not self._starts_sentence(last):
            last += 1
        others = [word for word in (*self._words[first:place], *self._words[place + 1 : last]) if word.text.isalpha()]
        capitalised = sum(word.is_capitalised for word in others)
        return bool(others) and capitalised > _TITLE_SHARE * len(others)
