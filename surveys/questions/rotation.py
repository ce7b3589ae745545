"""Which items of an instrument a wave asks. Pure: the document is one that instrument_file accepts."""

from collections.abc import Mapping
from typing import Any

from surveys.questions.kinds import ALWAYS_ASKED, TAKING_TURNS

TURNS_A_WAVE = 4


def items_for_wave(document: Mapping[str, Any], number: int) -> list[str]:
    """The codes of the scale items that wave `number` (from 1) asks of everybody, in the document's order.

    Core and extra scales ask all their items. Rotating and cause scales queue in an endless circle, in the
    document's order: each wave asks one item of the next four scales, and a scale's next turn asks its next item.
    With the 11 of the built-in bank every three waves running ask each scale at least once; the slot that three
    waves have left over (12 for 11 scales) goes to the first scale of the next rotation, so every wave has the
    same length and no scale comes twice in one. With four such scales or fewer each wave asks all of them.
    Raises ValueError for a number below 1.
    """
    if number < 1:
        raise ValueError(f"Waves are numbered from 1, got {number}.")
    queue = [scale for scale in document["scales"] if scale["kind"] in TAKING_TURNS]
    size = min(TURNS_A_WAVE, len(queue))
    drawn = set()
    for turn in range((number - 1) * size, number * size):
        rotation, position = divmod(turn, len(queue))
        items = queue[position]["items"]
        drawn.add(items[rotation % len(items)]["code"])
    return [
        item["code"]
        for scale in document["scales"]
        for item in scale["items"]
        if scale["kind"] in ALWAYS_ASKED or item["code"] in drawn
    ]
