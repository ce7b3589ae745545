"""The forms in which a name of the roster may stand in a sentence, in English and in Russian."""

import re
from collections.abc import Iterator

from surveys.redaction.folding import plain
from surveys.redaction.lexicon import russian
from surveys.redaction.vocabulary import vocabulary

_CYRILLIC = re.compile(r"[а-я]+")
_LATIN = re.compile(r"[a-z]+")
_OF_PEOPLE = frozenset({"Name", "Surn", "Patr"})
# Latin letters as Russians would write the name, the longest first.
_IN_RUSSIAN = (
    *(("shch", "щ"), ("sch", "ш"), ("sh", "ш"), ("tch", "ч"), ("ch", "ч"), ("zh", "ж"), ("kh", "х"), ("ts", "ц")),
    *(("th", "т"), ("ph", "ф"), ("ck", "к"), ("ya", "я"), ("ia", "ия"), ("yu", "ю"), ("yo", "е"), ("ye", "е")),
    *(("ey", "ей"), ("ei", "ей"), ("ay", "ай"), ("ai", "ай"), ("oy", "ой"), ("oi", "ой"), ("x", "кс"), ("j", "дж")),
    *zip("abvgdezijklmnoprstufhcywq", "абвгдезийклмнопрстуфхкивк", strict=True),
)
_PATRONYMIC = re.compile(r"(.+[^аеиоуыэюя])(ович|евич)$")


def forms_of(part: str) -> frozenset[str]:
    """All forms of one part of a name, in lower case: cases, plurals, short forms, and those in the other alphabet."""
    called = vocabulary().given_names.get(plain(part), frozenset({plain(part)}))
    return frozenset(form for name in called for form in _inflected(name))


def _inflected(name: str) -> Iterator[str]:
    yield name
    if _CYRILLIC.fullmatch(name):
        yield from _russian_forms(name)
        if match := _PATRONYMIC.match(name):
            yield match[1] + "ыч"
    elif _LATIN.fullmatch(name):
        yield name + ("es" if name.endswith(("s", "z", "x", "ch", "sh")) else "s")
        yield from _russian_forms(_in_russian(name))


def _russian_forms(name: str) -> Iterator[str]:
    """The forms of the name as a name of people; where no dictionary takes it for one, those of its first reading."""
    readings = russian().parse(name)
    of_people = [reading for reading in readings if _OF_PEOPLE & reading.tag.grammemes]
    for reading in of_people or readings[:1]:
        yield from (plain(form.word) for form in reading.lexeme if form.tag.POS in ("NOUN", "ADJF"))


def _in_russian(name: str) -> str:
    written = re.sub("y$", "ий", name)
    for latin, cyrillic in _IN_RUSSIAN:
        written = written.replace(latin, cyrillic)
    return written
