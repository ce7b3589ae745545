"""Letters that nobody sees: what is left of a text without them, and what two texts look like."""

import re
import unicodedata

import idna

# Unicode's default ignorable code points: soft hyphens, zero-width letters, marks of direction, fillers, selectors.
_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\u3164"
    "\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
_JOINERS = re.compile("[\u200c\u200d]+")
_MONGOLIAN = range(0x1800, 0x18B0)
_VIRAMA = 9
# Letters of other scripts that look like Latin ones, in small or in capital form.
_LOOK_ALIKE = str.maketrans(
    "абвгдеёзіїјкмнопрстухѕһԁԛԝαβγεζηικμνορτυχ",
    "a6brdee3iijkmhonpctyxshdqwabyezhikmnoptyx",
)
_SEPARATORS = re.compile(r"[^\w+#]|_")


def remove_invisible(text: str) -> str:
    """The text without letters that nobody sees, but those that its script needs to be written right."""
    if text.isascii():
        return text
    text = _INVISIBLE.sub(lambda found: found[0] if _selects(text, found.start()) else "", text)
    text = _JOINERS.sub(lambda found: found[0][0], text)
    return _JOINERS.sub(lambda found: found[0] if _joins(text, found.start()) else "", text)


def look_of(text: str) -> str:
    """The same for texts that a reader may take for one: without case, accents, spaces, signs and scripts."""
    plain = unicodedata.normalize("NFKD", remove_invisible(text).casefold())
    letters = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return _SEPARATORS.sub("", _JOINERS.sub("", letters)).translate(_LOOK_ALIKE)


def _joins(text: str, at: int) -> bool:
    """Persian and the scripts of India write words with joiners: as IDNA 2008 allows them, or before a virama."""
    after = text[at + 1 : at + 2]
    if after and unicodedata.combining(after) == _VIRAMA:
        return True
    try:
        return idna.valid_contextj(text, at)
    except (ValueError, idna.IDNAError):
        return False


def _selects(text: str, at: int) -> bool:
    """Mongolian letters and Chinese characters have forms that the next code point selects."""
    before = text[at - 1 : at]
    if not before:
        return False
    if 0x180B <= ord(text[at]) <= 0x180F:  # noqa: PLR2004 # Mongolian selectors
        return ord(before) in _MONGOLIAN
    is_selector = unicodedata.name(text[at], "").startswith("VARIATION SELECTOR")
    return is_selector and unicodedata.name(before, "").startswith("CJK")
