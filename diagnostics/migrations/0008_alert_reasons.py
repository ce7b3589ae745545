"""Alerts keep a code and its arguments instead of a sentence: this reads the sentences that are stored, once.

A sentence that it cannot read is kept as it is, under the code `legacy`. Migration 0009 drops the sentences.
"""

import re

from django.db import migrations

BATCH = 1000
LEGACY = "legacy"
EVENTS = {"held": "ongoing", "ended": "expired"}

NUMBER = r"\d+(?:\.\d+)?(?:e[+-]\d+)?"
CERTAINTY = r"(?:over |under )?\d+ %"
SHARE = r"(?:under [\d.]+ %|10 % or more)"
FIGURE = r"(?:[≤≥] )?\d+"
RATE = r"(?:about \d+ %|≥ 90 %)"
BASE = r"waves? (?P<base_first>\d+)(?: (?:and|to) (?P<base_last>\d+))?"
CALM = r"calm in (?P<run>\d+) of the (?P<needed>\d+) reported waves running that clear it\."

# How an alert that was raised before began: "Standing since wave 3: ", "Cleared, after standing since wave 3: ".
STANDING = r"Standing since wave \d+: "
CLEARED = r"Cleared, after standing since wave \d+: "
UNCHANGED = rf"(?:{STANDING})?(?i:{{}}), so nothing changes\."

ABOVE = rf"above (?P<level>{NUMBER}) with (?P<certainty>{CERTAINTY}) certainty"
CHANCE = rf"such a rise by chance alone would be seen in (?P<chance_below>{SHARE}) of departments"
ROSE = (
    rf"(?:rose from (?P<before>{FIGURE}) to (?P<now>{FIGURE}) against {BASE}"
    rf"|the answers rose by (?P<least_rise>{NUMBER}) points or more against "
    rf"{BASE.replace('base_first', 'base_first_2').replace('base_last', 'base_last_2')} "
    rf"\(the estimate: (?P<before_2>{FIGURE}), now (?P<now_2>{FIGURE})\)); {CHANCE}"
)
AGAINST = rf"(?P<now>{FIGURE}) against (?P<before>{FIGURE}) in {BASE}"
SO_LITTLE = (
    rf"the answers less than (?P<rise>{NUMBER}) points above, which (?P<chance_below>{SHARE}) of departments that "
    rf"are still {NUMBER} points up would show"
)
OVER = r"(?:No alert|Ended, after standing since wave \d+, though (?:it has not calmed down|response has not recovered))"
AGAIN = "so the comparison begins anew"
RESPONSE = rf"response is (?P<now>{RATE}) against (?P<before>{RATE}) in {BASE}"
INTERVAL = r"(?P<low>\d+) to (?P<high>\d+) points"
NEAR = rf"less than (?P<drop>{NUMBER}) points lower"

SENTENCES = [
    (code, re.compile(pattern))
    for code, pattern in (
        ("suppressed", UNCHANGED.format("hidden in this wave to protect anonymity")),
        ("low_response", UNCHANGED.format("too few answered in this wave to judge")),
        ("response_unknown", UNCHANGED.format("too few answered to say how many")),
        ("above_level", rf"(?:No alert: |Raised in wave \d+: |{STANDING}now ){ABOVE}\."),
        (
            "above_level_again",
            rf"Raised in wave \d+: {ABOVE}, and at least (?P<least_certainty>{CERTAINTY}) in "
            r"(?P<run>\d+) reported waves running\.",
        ),
        ("nearly_raised", rf"Not raised yet: {ABOVE}, in wave (?P<run>\d+) of (?P<needed>\d+) needed\."),
        (
            "nearly_cleared",
            rf"{STANDING}now {ABOVE}, above (?P<clear_level>{NUMBER}) with (?P<clear_certainty>{CERTAINTY}); {CALM}",
        ),
        (
            "below_level",
            rf"{CLEARED}above (?P<clear_level>{NUMBER}) with less than (?P<most_certainty>{CERTAINTY}) certainty in "
            rf"(?P<run>\d+) reported waves running, now with (?P<clear_certainty>{CERTAINTY})\.",
        ),
        ("no_baseline", r"No alert: waves are compared once (?P<needed>\d+) are published within a year\."),
        ("no_rise", rf"No alert: no rise against {BASE} beyond what chance does\."),
        (
            "rise_seen",
            rf"On watch in wave \d+: {ROSE}; an alert if it is seen again in the next (?P<within>\d+) published waves\.",
        ),
        ("rise_confirmed", rf"Raised in wave \d+: {ROSE}; first seen in wave (?P<first_seen>\d+)\."),
        ("rise_lasts", rf"{STANDING}now {AGAINST}; {CHANCE}\."),
        ("rise_calming", rf"{STANDING}now {AGAINST}, {SO_LITTLE}; {CALM}"),
        ("rise_over", rf"{CLEARED}{AGAINST}, {SO_LITTLE}; in (?P<run>\d+) reported waves running\."),
        ("other_items", rf"{OVER}: other items are asked than before, {AGAIN}\."),
        ("baseline_too_old", rf"{OVER}: {BASE} are more than a year ago, {AGAIN}\."),
        ("response_steady", rf"No alert: (?P<now>{RATE}) answered\."),
        (
            "response_fell",
            rf"Raised in wave \d+: response fell from (?P<before>{RATE}) in {BASE} to (?P<now>{RATE}), "
            rf"nine times in ten by {INTERVAL}\.",
        ),
        ("response_low", rf"{STANDING}{RESPONSE}, nine times in ten {INTERVAL} lower\."),
        ("response_recovering", rf"{STANDING}{RESPONSE}, {NEAR}; {CALM}"),
        ("response_recovered", rf"{CLEARED}{RESPONSE}, {NEAR} in (?P<run>\d+) waves running\."),
    )
]
RATES = {"response_steady", "response_fell", "response_low", "response_recovering", "response_recovered"}
SEEN = {"rise_seen", "rise_confirmed"}


def read(sentence):
    """(code, arguments) of a stored sentence."""
    for code, pattern in SENTENCES:
        if found := pattern.fullmatch(sentence):
            return code, arguments(code, found.groupdict())
    return LEGACY, {"text": sentence}


def arguments(code, texts):
    """The arguments of a code, from what stood in the sentence."""
    given = {}
    for name, text in texts.items():
        if text is not None:
            name = name.removesuffix("_2")
            given[name] = value(name, text, rate=code in RATES)
    if "base_first" in given:
        given.setdefault("base_last", given["base_first"])
    if code in SEEN:
        given.setdefault("least_rise", None)
    return given


def value(name, text, *, rate):
    if name in ("certainty", "clear_certainty", "least_certainty", "most_certainty"):
        return certainty(text)
    if name == "chance_below":
        return chance_below(text)
    if name in ("before", "now"):
        return response_rate(text) if rate else int(text.lstrip("≤≥ "))
    if name in ("level", "clear_level", "least_rise", "rise", "drop"):
        return float(text)
    return int(text)


def certainty(text):
    if text == "over 99 %":
        return 100
    return 0 if text == "under 1 %" else int(text.removesuffix(" %"))


def chance_below(text):
    if text == "10 % or more":
        return None
    percent = text.removeprefix("under ").removesuffix(" %")
    return {"0.1": 0.001, "1": 0.01, "5": 0.05, "10": 0.1}[percent]


def response_rate(text):
    return None if text == "≥ 90 %" else int(text.removeprefix("about ").removesuffix(" %"))


def read_sentences(apps, schema_editor):
    rows = apps.get_model("diagnostics", "AlertState").objects.using(schema_editor.connection.alias)
    for old, new in EVENTS.items():
        rows.filter(event=old).update(event=new)
    last = 0
    while batch := list(rows.filter(id__gt=last).order_by("id").only("reason")[:BATCH]):
        for row in batch:
            row.reason_code, row.reason_arguments = read(row.reason)
        rows.bulk_update(batch, ["reason_code", "reason_arguments"])
        last = batch[-1].id


def forget_reasons(apps, schema_editor):
    """Backwards the events get their old names; of the reasons only those come back that were never read."""
    rows = apps.get_model("diagnostics", "AlertState").objects.using(schema_editor.connection.alias)
    for old, new in EVENTS.items():
        rows.filter(event=new).update(event=old)
    last = 0
    while batch := list(rows.filter(id__gt=last, reason_code=LEGACY).order_by("id").only("reason_arguments")[:BATCH]):
        for row in batch:
            row.reason = row.reason_arguments.get("text", "")
        rows.bulk_update(batch, ["reason"])
        last = batch[-1].id


class Migration(migrations.Migration):
    """By itself: PostgreSQL alters no table whose rows were changed twice in the same transaction."""

    dependencies = [
        ("diagnostics", "0007_alert_reason_columns"),
    ]

    operations = [
        migrations.RunPython(read_sentences, forget_reasons),
    ]
