# ruff: noqa: INP001 -- a script, not a package
"""Brings config/locale up to date with the texts of code and templates, and compiles it: python assets/messages.py

Django's own makemessages needs GNU gettext on the machine; Babel, which the tests use too, does not.
"""

import io
from collections.abc import Sequence
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
LOCALE = ROOT / "config" / "locale"
KEYWORDS = DEFAULT_KEYWORDS | {"gettext_lazy": None, "ngettext_lazy": (1, 2), "pgettext_lazy": ((1, "c"), 2)}


def template() -> Catalog:
    """Every text that is marked for translation."""
    catalog = Catalog(project="Faultline", fuzzy=False)
    sources = [path for app in ("surveys", "diagnostics") for path in (ROOT / app).rglob("*.py")]
    for path in sorted([*sources, *(ROOT / "templates").rglob("*.*")]):
        text = path.read_text(encoding="utf-8")
        # The brackets make the tokenizer indifferent to the indentation of a template.
        code = text if path.suffix == ".py" else f"({templatize(text, origin=str(path))}\n)"
        for line, message, comments, context in extract("python", io.BytesIO(code.encode()), keywords=KEYWORDS):
            where = [(str(path.relative_to(ROOT)), line)]
            catalog.add(message, locations=where, auto_comments=comments, context=context)
    return catalog


def translation(language: str) -> Catalog:
    with (LOCALE / language / "LC_MESSAGES" / "django.po").open("rb") as file:
        return read_po(file, locale=language)


def update(language: str) -> list[str]:
    """Returns the texts that still want a translation."""
    catalog = translation(language)
    catalog.update(template(), no_fuzzy_matching=True, update_creation_date=False)
    catalog.obsolete.clear()
    folder = LOCALE / language / "LC_MESSAGES"
    with (folder / "django.po").open("wb") as file:
        write_po(file, catalog, sort_output=True, include_lineno=False, omit_header=False, width=120)
    with (folder / "django.mo").open("wb") as file:
        write_mo(file, catalog)
    return [str(message.id) for message in catalog if message.id and not all(_forms(message.string))]


def _forms(string: str | Sequence[str] | None) -> Sequence[str]:
    return [string or ""] if isinstance(string, str | None) else string


if __name__ == "__main__":
    for folder in sorted(path for path in LOCALE.iterdir() if path.is_dir()):
        for text in update(folder.name):
            print(f"{folder.name}: not translated: {text}")  # noqa: T201 -- it is a command
