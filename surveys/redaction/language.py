"""In which language a comment is written, by lingua: offline, and the same answer each time.

A short text says little of its language. So a comment is taken for one in another language only where the detector is
sure, and where most of its words are in no dictionary of a language that is allowed.
"""

import re
from collections.abc import Collection
from functools import cache

from lingua import IsoCode639_1, LanguageDetector, LanguageDetectorBuilder

from surveys.redaction.folding import Word, readable, words
from surveys.redaction.lexicon import english, russian
from surveys.redaction.vocabulary import vocabulary

# How sure the detector is of all other languages together before a text counts as written in one of them, 0 to 1.
_SURE = 0.7
# The share of letters in words, or of words, that a dictionary knows in a text that is written in its language.
_KNOWN_SHARE, _KNOWN_WORDS_SHARE = 0.5, 0.6
# The same of a text with letters that neither of the two languages has.
_KNOWN_SHARE_BESIDE_OTHERS = 0.9
_OTHER_LETTERS = re.compile(r"[^\W\d_a-zа-яё]")
# The fewest letters that the detector is asked about.
_MIN_LETTERS = 8
_REPLACED = re.compile(r"\[an? [^\]]*\]")
_SENTENCE_END = re.compile(r"(?<=[.!?…\n])\s+")
# A quoted word or two of another language gives nobody away; a sentence does.
_MIN_SENTENCE_WORDS = 4
_CYRILLIC = re.compile(r"[\u0400-\u04ff]")


@cache
def detector() -> LanguageDetector:
    """Knows 74 languages by three letters in a row; some 70 MB from the first call on."""
    return LanguageDetectorBuilder.from_all_spoken_languages().with_low_accuracy_mode().build()


def is_in_another_language(comment: str, languages: Collection[str]) -> bool:
    """Whether the comment, or a whole sentence of it, is in none of the languages (codes such as "en")."""
    text = _REPLACED.sub(" ", readable(comment).text)
    sentences = [part for part in _SENTENCE_END.split(text) if len(words(part)) >= _MIN_SENTENCE_WORDS]
    return any(_is_foreign(part, languages) for part in (text, *sentences))


def _is_foreign(text: str, languages: Collection[str]) -> bool:
    written = [word for word in words(text) if word.text.isalpha()]
    if not written or _is_mostly_known(written, languages):
        return False
    if _is_in_other_letters(written, languages):
        return True
    if sum(len(word.text) for word in written) < _MIN_LETTERS and not _OTHER_LETTERS.search(text.lower()):
        return False
    confidences = detector().compute_language_confidence_values(text)
    allowed = {code.upper() for code in languages}
    return sum(value.value for value in confidences if _code(value.language.iso_code_639_1) not in allowed) >= _SURE


def _is_mostly_known(written: list[Word], languages: Collection[str]) -> bool:
    known = [word for word in written if _is_known(word, languages)]
    letters = sum(len(word.text) for word in known) / sum(len(word.text) for word in written)
    has_other_letters = any(_OTHER_LETTERS.search(word.lower) for word in written)
    if has_other_letters:
        return letters >= _KNOWN_SHARE_BESIDE_OTHERS
    return letters >= _KNOWN_SHARE or len(known) >= _KNOWN_WORDS_SHARE * len(written)


def _is_known(word: Word, languages: Collection[str]) -> bool:
    if word.lower in vocabulary().trade:
        return True
    if "ru" in languages and _CYRILLIC.search(word.lower):
        return bool(russian().word_is_known(word.lower))
    return "en" in languages and word.text.isascii() and bool(english().spell(word.lower))


def _is_in_other_letters(written: list[Word], languages: Collection[str]) -> bool:
    """Russian among those who write Latin letters only, or the reverse, however short it is."""
    cyrillic = sum(len(word.text) for word in written if _CYRILLIC.search(word.lower))
    others = sum(len(word.text) for word in written) - cyrillic
    return ("ru" not in languages and cyrillic > others) or (set(languages) == {"ru"} and others > cyrillic)


def _code(code: IsoCode639_1) -> str:
    return code.name
