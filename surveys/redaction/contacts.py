"""Mail addresses, links, phone and personnel numbers in a readable text."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

ADDRESS, NUMBER, LINK = "[an address]", "[a number]", "[a link]"
_FLAGS = re.IGNORECASE
_TOP = "com|org|net|info|biz|edu|gov|io|ai|app|dev|ru|su|рф|ua|by|kz|de|at|ch|fr|it|es|pt|nl|be|uk|us|ie|pl|cz|eu|me|ly"
_AT = r"(?:\s?@\s?|\s?[\[({<]\s?(?:at|собака|соб)\s?[\])}>]\s?|\s(?:at|собака)\s(?=[\w-]+\s(?:dot|точка)\s))"
_DOT = r"(?:\s?[\[({<]\s?(?:dot|точка)\s?[\])}>]\s?|\s(?:dot|точка)\s|\.)"
_SPELLED_DOT = r"(?:\s?[\[({<]\s?(?:dot|точка)\s?[\])}>]\s?)"
_MAIL = re.compile(rf"(?:mailto:)?[\w.+'-]+(?:{_SPELLED_DOT}[\w.+'-]+)*{_AT}[\w-]+(?:{_DOT}[\w-]+)+", _FLAGS)
_SPACED_MAIL = re.compile(rf"[\w.+-]+\s?@\s?[\w-]+(?:\s?\.\s?[\w-]+)*\s?\.\s?(?:{_TOP})\b", _FLAGS)
_SHORT_MAIL = re.compile(r"[\w.+-]+@[\w.-]*\w")
_HANDLE = re.compile(r"(?<![\w@])@\w{3,}")
_LINK = re.compile(
    rf"(?:\bh(?:tt|xx)ps?\s?:\s?//|\bftp://|\bwww\.)(?P<host>[^\s/<>\"]+)(?P<path>[^\s<>\"]*[^\s<>\".,;:!?)])?"
    rf"|(?<![\w@.])(?P<bare>[\w-]+(?:\.[\w-]+)*\.(?:{_TOP}))\b(?:/[^\s<>\"]*[^\s<>\".,;:!?)])?",
    _FLAGS,
)
_DIGITS = re.compile(r"(?<!\w)(?<!\w-)(?:\+\s?)?\(?\d(?:[\s\u00a0().‐-―/-]{0,2}\d)*(?!\w)")
_CALLS = re.compile(
    r"(?:\b(?:tel|phone|call|ring|ext|extension|mobile|cell|whatsapp|fax)\b|\b(?:тел|телефон\w*|доб|моб|звони\w*|"
    r"внутр\w*)\b)[\s.:#№]*(?:(?:on|me|number|no|по|номеру?|is)\b[\s.:#№]*)*$",
    _FLAGS,
)
_PERSONNEL = re.compile(
    r"(?P<before>\b(?:personnel|employee|staff|payroll|badge)\s?(?:number|no|id|code|#|№)?|\bid(?=\s?[#№:\d])|"
    r"\b(?:таб|табельн\w+|личн\w+|кадров\w+)\b\.?\s?(?:номер\w*|№|ном)?\.?)(?P<between>[\s.:#№]*(?:is\s|was\s)?)"
    r"(?P<code>[a-zа-я]{0,4}[-–/]?\d[\d-]+)\b",
    _FLAGS,
)
_CODE = re.compile(r"\b(?P<letters>[A-ZА-Я]{1,4})[-–]?(?P<digits>\d{4,})\b")
# Norms, products and tickets, which are nobody's numbers.
_NOT_PEOPLE = frozenset(
    ["ISO", "IEC", "DIN", "EN", "RFC", "IEEE", "ГОСТ", "ИСО", "СП", "ФЗ", "SAP", "WIN", "COVID", "Q", "FY", "HP"]
)
_DATES = (
    r"(?:19|20)\d\d[-./](?:0?[1-9]|1[0-2])[-./](?:[0-2]?\d|3[01])",
    r"(?:[0-2]?\d|3[01])[-./](?:0?[1-9]|1[0-2])[-./](?:(?:19|20)\d\d|\d\d)",
    r"(?:19|20)\d\d\s?[-‐-―/]\s?(?:(?:19|20)\d\d|\d\d)",
    r"[0-2]?\d\.[0-5]\d\s?[-‐-―]\s?[0-2]?\d\.[0-5]\d",
)
_DATE = re.compile("|".join(_DATES))
_AMOUNT = re.compile(r"\d{1,3}(?:[\s\u00a0.,]\d{3})+|\d+00")
_UNIT = re.compile(
    r"\s?(?:%|€|\$|£|₽|°|[km]?\b(?:eur|usd|rub|gbp|руб\w*|тыс\w*|млн|euros?|dollars?|pounds?|рубл\w+|hours?|tickets?|"
    r"orders?|lines?|rows?|items?|customers?|emails?|mails?|people|parts?|pieces?|units?|boxes|users?|devices?|pages?|"
    r"records?|files?|events?|requests?|calls?|clicks?|products?|visitors?|employees?|steps?|kg|km|tons?|kwh|час\w*|заяв\w*|заказ\w*|строк\w*|клиент\w*|писем|"
    r"штук|человек)\b)",
    _FLAGS,
)
_ORDER = re.compile(
    r"\b(?:order|invoice|ticket|article|part|item|batch|lot|contract|case|заказ\w*|счет\w*|счёт\w*|заявк\w*|артикул\w*|"
    r"договор\w*|приказ\w*|парти\w*|накладн\w*)\s?(?:no|number|номер)?[\s.:#№]*$",
    _FLAGS,
)
_MIN_PHONE, _MIN_NUMBER, _MIN_CALLED = 7, 5, 3


@dataclass(frozen=True, order=True)
class TextSpan:
    """A part of a readable text, and what is put in its place."""

    # The place of its first character.
    start: int
    # The place behind its last character.
    end: int
    # What is put in its place: "[an address]".
    replacement: str
    # Where a link leads; empty for all others.
    host: str = ""


def find_contacts(text: str) -> Iterator[TextSpan]:
    """All of them; spans may overlap."""
    for pattern in (_MAIL, _SPACED_MAIL, _SHORT_MAIL, _HANDLE):
        for match in pattern.finditer(text):
            yield TextSpan(*match.span(), ADDRESS)
    yield from _find_links(text)
    for match in _PERSONNEL.finditer(text):
        yield TextSpan(*match.span("code"), NUMBER)
    for match in _CODE.finditer(text):
        if match["letters"] not in _NOT_PEOPLE:
            yield TextSpan(*match.span(), NUMBER)
    for match in _DIGITS.finditer(text):
        if _is_of_a_person(match.group(), text[: match.start()], text[match.end() :]):
            yield TextSpan(*match.span(), NUMBER)


def _find_links(text: str) -> Iterator[TextSpan]:
    for match in _LINK.finditer(text):
        # ASP.NET and the like are names of products.
        if match["bare"] == match.group() and match["bare"].rpartition(".")[2].isupper():
            continue
        host = (match["host"] or match["bare"]).lower().removeprefix("www.").rstrip(".,;:!?)")
        yield TextSpan(*match.span(), f"[a link to {host}]", host)


def _is_amount_of_things(before: str, after: str) -> bool:
    return bool(_UNIT.match(after) or _ORDER.search(before)) or before.rstrip().endswith(("$", "€", "£"))


def _is_of_a_person(number: str, before: str, after: str) -> bool:
    """Whether a number is one of a phone or of a list of staff, and no date, amount or year."""
    digits = sum(letter.isdigit() for letter in number)
    if digits >= _MIN_CALLED and _CALLS.search(before):
        return True
    if digits < _MIN_NUMBER or _DATE.fullmatch(number) or _is_amount_of_things(before, after):
        return False
    if digits >= _MIN_PHONE and number.lstrip("(").startswith(("+", "0", "8")):
        return True
    if _AMOUNT.fullmatch(number):
        return False
    return digits >= _MIN_PHONE or number.isdigit()
