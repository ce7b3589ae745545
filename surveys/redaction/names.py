"""Where in a text names of the roster are: whole, in pieces, spelled letter by letter, with their initials."""

import re
from collections.abc import Iterator, Sequence

from surveys.redaction.contacts import TextSpan
from surveys.redaction.context import Context
from surveys.redaction.folding import Word, words
from surveys.redaction.lexicon import Reading, is_word
from surveys.redaction.name_index import MIN_PIECES, FoundName, NameIndex

COLLEAGUE = "[a colleague]"
# What may lie between the pieces of a word that somebody has taken apart.
_INSIDE = re.compile(r"[-‐-―.*_'’`ʼ/\\|+~!@#$^=]{1,3}")
_APART = re.compile(r"[\W_]{0,4}")
# May stand for a letter.
_MASK = re.compile(r"[*.#$@!?+~^=]{1,2}")
_SPACE = re.compile(r"[ \u00a0_.-]{1,2}")
_TOGETHER = re.compile(r"[ \u00a0.'’-]{0,3}")
_INITIALS_BEFORE = re.compile(r"(?<!\w)(?:[^\W\d_]\.[ \u00a0]?){1,3}$")
_INITIALS_AFTER = re.compile(r"[ \u00a0](?:[^\W\d_]\.[ \u00a0]?){1,2}(?=\W|$)")
_MOST_PIECES, _WITH_ONE_GAP = 4, 2
_MIN_SPELLED = 3


def find_names(text: str, index: NameIndex) -> Iterator[TextSpan]:
    """Where the readable text names somebody of the roster, from left to right, without overlaps."""
    written = words(text)
    places = sorted({*_whole(text, written, index), *_in_pieces(text, written, index), *_spelled(text, written, index)})
    for start, end in _joined(text, places):
        before = _INITIALS_BEFORE.search(text[:start])
        after = _INITIALS_AFTER.match(text, end)
        yield TextSpan(before.start() if before else start, after.end() if after else end, COLLEAGUE)


def _whole(text: str, written: Sequence[Word], index: NameIndex) -> Iterator[tuple[int, int]]:
    context = Context(text, written)
    candidates = {place: found for place, word in enumerate(written) if (found := index.find(word.lower))}
    for place, found in candidates.items():
        word = written[place]
        if (
            context.means_a_person(place, found.reading)
            or _beside_its_other_part(place, candidates, written, index)
            or _has_its_initial(text, word, found, index)
        ):
            yield word.start, word.end


def _beside_its_other_part(
    place: int, candidates: dict[int, FoundName], written: Sequence[Word], index: NameIndex
) -> bool:
    """Whether the word before or behind it is another part of the same name."""
    for other in (place - 1, place + 1):
        neighbour = candidates.get(other)
        if neighbour is None or not index.are_one_person(candidates[place].parts, neighbour.parts):
            continue
        both_capitalised = written[place].is_capitalised and written[other].is_capitalised
        if both_capitalised or neighbour.reading == Reading.NAME:
            return True
    return False


def _has_its_initial(text: str, word: Word, found: FoundName, index: NameIndex) -> bool:
    initials = (_INITIALS_BEFORE.search(text[: word.start]), _INITIALS_AFTER.match(text, word.end))
    letters = [match.group().strip()[0] for match in initials if match]
    return word.is_capitalised and any(index.has_initial(found.parts, letter) for letter in letters)


def _in_pieces(text: str, written: Sequence[Word], index: NameIndex) -> Iterator[tuple[int, int]]:
    """Pet-rov, Sm*th, O'Brien: pieces without a space. Iva nov: two pieces of which one is no word."""
    for place, first in enumerate(written):
        pieces = [first]
        for piece in written[place + 1 : place + _MOST_PIECES]:
            gap = text[pieces[-1].end : piece.start]
            if not _INSIDE.fullmatch(gap):
                break
            pieces.append(piece)
            if _is_name_in_pieces(pieces, gap, index):
                yield first.start, piece.end
        if place + 1 < len(written) and _SPACE.fullmatch(text, first.end, written[place + 1].start):
            pieces = [first, written[place + 1]]
            if not _are_words(pieces) and _names(pieces, index, exactly=True):
                yield first.start, pieces[1].end


def _is_name_in_pieces(pieces: Sequence[Word], gap: str, index: NameIndex) -> bool:
    """The last `gap` may stand for a letter, where it is the only one."""
    if _names(pieces, index, exactly=_are_words(pieces)):
        return True
    masked = "*".join(piece.lower for piece in pieces)
    return len(pieces) == _WITH_ONE_GAP and bool(_MASK.fullmatch(gap)) and index.find(masked) is not None


def _are_words(pieces: Sequence[Word]) -> bool:
    return all(len(piece.text) > 1 and is_word(piece.lower) for piece in pieces)


def _names(pieces: Sequence[Word], index: NameIndex, *, exactly: bool) -> bool:
    joined = "".join(piece.lower for piece in pieces)
    if len(joined) < MIN_PIECES:
        return False
    found = index.find(joined)
    return (
        found is not None
        and found.reading not in (Reading.WORD, Reading.DEPARTMENT)
        and (not exactly or index.has(joined))
    )


def _spelled(text: str, written: Sequence[Word], index: NameIndex) -> Iterator[tuple[int, int]]:
    """I v a n o v, S.m.i.t.h: each run of single letters is searched for every name in it."""
    run: list[Word] = []
    for word in (*written, None):
        if word is not None and len(word.text) == 1:
            if run and not _APART.fullmatch(text, run[-1].end, word.start):
                yield from _in_run(run, index)
                run = []
            run.append(word)
        else:
            yield from _in_run(run, index)
            run = []


def _in_run(run: Sequence[Word], index: NameIndex) -> Iterator[tuple[int, int]]:
    letters = "".join(word.lower for word in run)
    start = 0
    while start + _MIN_SPELLED <= len(letters):
        for end in range(len(letters), start + _MIN_SPELLED - 1, -1):
            joined = letters[start:end]
            is_all = end - start == len(letters)
            if index.has(joined) or (is_all and index.find(joined)):
                yield run[start].start, run[end - 1].end
                start = end
                break
        else:
            start += 1


def _joined(text: str, places: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Overlapping places, and the parts of one name beside each other, as one."""
    current: tuple[int, int] | None = None
    for start, end in places:
        if current and (start <= current[1] or _TOGETHER.fullmatch(text, current[1], start)):
            current = current[0], max(current[1], end)
            continue
        if current:
            yield current
        current = start, end
    if current:
        yield current
