"""Letters that an export wrote as for a web page: `M&uuml;ller`, `R&amp;D`, `O&#39;Neil`."""

import html
import re
import unicodedata
from html.entities import name2codepoint

_CODE = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,7});")
# Beside letters and their marks: what names are written with.
_SIGNS = frozenset("&'\"<>()/-.,+–—‘’‚“”„«»·\xa0\xad")


def decode_html_codes(text: str) -> str:
    """The text with those codes as letters that stand for a letter or a sign of names; all others stay as they are.

    Some exports write the codes of codes (`&amp;uuml;`), so it looks again until nothing changes.
    """
    while "&" in text and (decoded := _CODE.sub(_letter, text)) != text:
        text = decoded
    return text


def _letter(code: re.Match[str]) -> str:
    name = code[0][1:-1]
    if not name.startswith("#") and name not in name2codepoint and name != "apos":
        return code[0]
    letter = html.unescape(code[0])
    is_known = letter in _SIGNS or all(unicodedata.category(part)[0] in "LM" for part in letter)
    return letter if letter and is_known else code[0]
