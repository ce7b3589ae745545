"""What one wave asks, frozen when it opens: every later reader of its ballots goes by this and by nothing else.

{"languages": [code], "scales": [{code, kind, name, description}],
 "items": [{code, scale, text, options: [{value, label}], missing: [label]}],
 "pick_one": {code, text, options: [{code, label}], missing: [label], communication: option number or None} or None,
 "counterparts": {contact: {text, options: [{code, label}]},
                  items: [as above, and no_contact_is_risk: "needed, but no contact" counts as 100]} or None}

Texts and labels are given by language. `value` is 0-100 with 100 = risk, reversed items turned already. An answer is
one byte an item, the option's number from 0, and one more for the pick-one question; MISSING is none.
"""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from surveys.choices import Contact
from surveys.questions.rotation import items_for_wave
from surveys.rules.limits import MISSING

Document = Mapping[str, Any]


def freeze(document: Document, *, number: int, cadence: str) -> dict[str, Any]:
    """The questionnaire of wave `number` (from 1), with the period of the cadence written into its texts."""
    period = document["periods"][cadence]
    whole = _asking(document, items_for_wave(document, number), period)
    return whole | {
        "pick_one": _pick_one(document.get("pick_one"), period),
        "counterparts": _counterparts(document, period),
    }


def freeze_past(document: Document, *, asked: Collection[str], cadence: str) -> dict[str, Any]:
    """The questionnaire of a wave that was run elsewhere and asked these items; counterparts it asked nothing about.

    `asked` are codes of scale items, and that of the pick-one question where it was put.
    """
    period = document["periods"][cadence]
    items = [code for code in item_codes(document) if code in asked]
    pick_one = document.get("pick_one")
    put = pick_one if pick_one is not None and pick_one["code"] in asked else None
    return _asking(document, items, period) | {"pick_one": _pick_one(put, period), "counterparts": None}


def item_codes(document: Document) -> list[str]:
    """The codes of all items of the scales, in the document's order."""
    return [item["code"] for scale in document["scales"] for item in scale["items"]]


def _asking(document: Document, asked: Sequence[str], period: Mapping[str, str]) -> dict[str, Any]:
    items = {
        item["code"]: _item(document, item, period) | {"scale": scale["code"]}
        for scale in document["scales"]
        for item in scale["items"]
    }
    scales = {items[code]["scale"] for code in asked}
    return {
        "languages": list(document["languages"]),
        "scales": [
            {key: scale[key] for key in ("code", "kind", "name", "description")}
            for scale in document["scales"]
            if scale["code"] in scales
        ],
        "items": [items[code] for code in asked],
    }


def answer_length(questionnaire: Document) -> int:
    """How many bytes a ballot's answers have."""
    return len(_questions(questionnaire))


def answers_fit(questionnaire: Document, answers: bytes) -> bool:
    """Whether these are one answer, or MISSING, for each question of the wave."""
    return _fit(_questions(questionnaire), answers)


def rating_fits(questionnaire: Document, answers: bytes) -> bool:
    """The same for the rating of one counterpart: the contact, then the items."""
    counterparts = questionnaire["counterparts"]
    return counterparts is not None and _fit([counterparts["contact"], *counterparts["items"]], answers)


def _questions(questionnaire: Document) -> list[Document]:
    pick_one = questionnaire["pick_one"]
    return [*questionnaire["items"], *([pick_one] if pick_one else [])]


def _fit(questions: list[Document], answers: bytes) -> bool:
    return len(answers) == len(questions) and all(
        answer == MISSING or answer < len(question["options"])
        for question, answer in zip(questions, answers, strict=True)
    )


def _filled(texts: Mapping[str, str], period: Mapping[str, str]) -> dict[str, str]:
    return {language: text.replace("{period}", period[language]) for language, text in texts.items()}


def _item(document: Document, item: Document, period: Mapping[str, str]) -> dict[str, Any]:
    option_set = document["option_sets"][item["option_set"]]
    turned = item.get("reversed", False)
    return {
        "code": item["code"],
        "text": _filled(item["text"], period),
        "options": [
            {"value": 100 - option["value"] if turned else option["value"], "label": option["label"]}
            for option in option_set["options"]
        ],
        "missing": option_set["missing"],
    }


def _counterpart_item(document: Document, item: Document, period: Mapping[str, str]) -> dict[str, Any]:
    return _item(document, item, period) | {"no_contact_is_risk": item.get("no_contact_is_risk", False)}


def _pick_one(question: Document | None, period: Mapping[str, str]) -> dict[str, Any] | None:
    if question is None:
        return None
    flagged = [number for number, option in enumerate(question["options"]) if "scale" in option]
    return {
        "code": question["code"],
        "text": _filled(question["text"], period),
        "options": [{key: option[key] for key in ("code", "label")} for option in question["options"]],
        "missing": question["missing"],
        "communication": flagged[0] if flagged else None,
    }


def _counterparts(document: Document, period: Mapping[str, str]) -> dict[str, Any] | None:
    block = document.get("counterparts")
    if block is None:
        return None
    contact = block["contact"]
    return {
        "contact": {
            "text": _filled(contact["text"], period),
            "options": [{"code": code, "label": contact[code]} for code in Contact.values],
        },
        "items": [_counterpart_item(document, item, period) for item in block["items"]],
    }
