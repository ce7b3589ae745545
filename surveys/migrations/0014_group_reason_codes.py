"""Turns the sentences stored as reasons of a reporting group into codes with arguments, and back.

A sentence that cannot be read, or can be read in two ways, is kept as text with the code `legacy`.
"""

import re

from django.db import migrations

_PEOPLE = r"(?P<one>.+) (?:has|together have) (?P<people>\d+) (?:person|people), fewer than (?P<minimum>\d+)"
_JOINED = re.compile(rf"{_PEOPLE}: counted together with (?P<other>.+), the smallest (?P<where>[^,]+|within .+)\.", re.S)
_KEPT_APART = re.compile(r"(?P<one>.+) (?:is|are) kept apart from (?P<other>.+), because one rates the other\.", re.S)
_UNAVOIDABLE = re.compile(
    r"(?P<pairs>.+) are together although one rates the other: no other choice was left\.", re.S
)
_PART = re.compile(r"(?P<one>.+): (?P<verb>chosen by HR|kept from the last wave)\.", re.S)
_WHOLE = {
    "Chosen by HR.": "chosen",
    "Counted by itself, as chosen by HR.": "chosen_alone",
    "Kept from the last wave.": "kept",
    "Counted by itself, as in the last wave.": "kept_alone",
}
_NEARNESS = {"beside it": "beside", "near it": "near", "in the company": "company"}


class _UnreadableError(ValueError):
    """The sentence is none of those, or names departments in a way that can be read twice or not at all."""


def read_sentence(sentence, ids):
    """The reasons, as they are stored from now on; `ids` has the departments by name."""
    try:
        return _read(sentence, ids)
    except _UnreadableError:
        return [{"code": "legacy", "text": sentence}]


def _read(sentence, ids):
    if sentence in _WHOLE:
        return [{"code": _WHOLE[sentence]}]
    if found := _JOINED.fullmatch(sentence):
        return [_joined(found, ids)]
    if found := _KEPT_APART.fullmatch(sentence):
        departments, others = _names(found["one"], ids), _names(found["other"], ids)
        return [{"code": "kept_apart", "departments": departments, "others": others}]
    if found := _UNAVOIDABLE.fullmatch(sentence):
        pairs = [_names(pair, ids) for pair in found["pairs"].split("; ")]
        if any(len(pair) != 2 for pair in pairs):
            raise _UnreadableError
        return [{"code": "unavoidable", "departments": pair} for pair in pairs]
    if found := _PART.fullmatch(sentence):
        code = "chosen" if found["verb"] == "chosen by HR" else "kept"
        return [{"code": code, "departments": _names(found["one"], ids)}]
    raise _UnreadableError


def _joined(found, ids):
    reason = {
        "code": "joined",
        "departments": _names(found["one"], ids),
        "others": _names(found["other"], ids),
        "people": int(found["people"]),
        "minimum": int(found["minimum"]),
    }
    where = found["where"]
    if where in _NEARNESS:
        return reason | {"nearness": _NEARNESS[where]}
    level = ids.get(where.removeprefix("within "))
    if level is None or not where.startswith("within "):
        raise _UnreadableError
    return reason | {"nearness": "within", "level": level}


def _names(text, ids):
    """The ids of “A, B and C”, where there is one way to read it: a name may hold commas and “and” itself."""
    readings = {tuple(sorted(reading)) for reading in _readings(text, ids)}
    if len(readings) != 1:
        raise _UnreadableError
    return list(readings.pop())


def _readings(text, ids):
    if text in ids:
        yield [ids[text]]
    for end in re.finditer(" and ", text):
        last = ids.get(text[end.end() :])
        if last is not None:
            for reading in _with_commas(text[: end.start()], ids):
                yield [*reading, last]


def _with_commas(text, ids):
    if text in ids:
        yield [ids[text]]
    for comma in re.finditer(", ", text):
        first = ids.get(text[: comma.start()])
        if first is not None:
            for reading in _with_commas(text[comma.end() :], ids):
                yield [first, *reading]


def codes_from_sentences(apps, schema_editor):
    alias = schema_editor.connection.alias
    ids = dict(apps.get_model("surveys", "Department").objects.using(alias).values_list("name", "id"))
    for group, reasons in _groups(apps, alias):
        read = [
            code
            for reason in reasons
            for code in (read_sentence(reason, ids) if isinstance(reason, str) else [reason])
        ]
        _save(apps, alias, group, read)


def sentences_from_codes(apps, schema_editor):
    """Back to an earlier version: only texts that could not be read are left of the sentences."""
    alias = schema_editor.connection.alias
    for group, reasons in _groups(apps, alias):
        _save(apps, alias, group, [reason["text"] for reason in reasons if reason["code"] == "legacy"])


def _groups(apps, alias):
    groups = apps.get_model("surveys", "ReportingGroup").objects.using(alias)
    return [(group, reasons) for group, reasons in groups.order_by().values_list("id", "reasons") if reasons]


def _save(apps, alias, group, reasons):
    apps.get_model("surveys", "ReportingGroup").objects.using(alias).filter(id=group).update(reasons=reasons)


class Migration(migrations.Migration):

    dependencies = [
        ("surveys", "0013_audit_verdicts"),
    ]

    operations = [
        migrations.RunPython(codes_from_sentences, sentences_from_codes),
    ]
