"""Which items a wave asks."""

import pytest

from surveys.questions.instrument_file import BUILT_IN, load
from surveys.questions.rotation import items_for_wave

BANK = load(BUILT_IN.read_bytes())
SCALE_OF = {item["code"]: scale["code"] for scale in BANK["scales"] for item in scale["items"]}
TURNING = {scale["code"] for scale in BANK["scales"] if scale["kind"] in {"rotating", "cause"}}
CORE_ITEMS = [item["code"] for scale in BANK["scales"] if scale["kind"] == "core" for item in scale["items"]]


def own(*scales):
    return {
        "scales": [
            {"code": code, "kind": kind, "items": [{"code": f"{code}{number}"} for number in range(1, items + 1)]}
            for code, kind, items in scales
        ]
    }


def turning(number):
    return [code for code in items_for_wave(BANK, number) if SCALE_OF[code] in TURNING]


def test_the_first_waves_of_the_built_in_bank_are_these():
    assert [turning(number) for number in range(1, 7)] == [
        ["hostile_camps_1", "busywork_1", "blame_1", "overlapping_functions_1"],
        ["hostile_leaders_1", "mixed_messages_1", "information_gap_1", "competition_1"],
        ["hostile_camps_2", "chaos_1", "different_pictures_1", "top_takes_sides_1"],
        ["busywork_2", "blame_2", "overlapping_functions_2", "hostile_leaders_2"],
        ["mixed_messages_2", "information_gap_2", "competition_2", "chaos_2"],
        ["hostile_camps_1", "busywork_1", "different_pictures_2", "top_takes_sides_2"],
    ]


@pytest.mark.parametrize("number", range(1, 34))
def test_every_wave_asks_ten_core_items_and_four_rotating_ones(number):
    asked = items_for_wave(BANK, number)
    assert asked[:10] == CORE_ITEMS
    assert len({SCALE_OF[code] for code in asked[10:]}) == len(asked[10:]) == 4


@pytest.mark.parametrize("number", range(1, 34))
def test_any_three_waves_running_ask_every_scale_that_takes_turns(number):
    assert {SCALE_OF[code] for wave in range(number, number + 3) for code in turning(wave)} == TURNING


def test_a_scale_asks_its_items_in_turn():
    for scale in TURNING:
        asked = [code for number in range(1, 34) for code in turning(number) if SCALE_OF[code] == scale]
        assert asked == [f"{scale}_{1 + turn % 2}" for turn in range(12)]


def test_without_turns_every_wave_asks_core_and_extra_items():
    document = own(("a", "core", 2), ("b", "extra", 1))
    assert items_for_wave(document, 1) == items_for_wave(document, 2) == ["a1", "a2", "b1"]


def test_up_to_four_scales_that_take_turns_are_asked_in_every_wave():
    document = own(("a", "rotating", 2), ("b", "core", 1), ("c", "cause", 3))
    assert [items_for_wave(document, number) for number in (1, 2, 3)] == [
        ["a1", "b1", "c1"],
        ["a2", "b1", "c2"],
        ["a1", "b1", "c3"],
    ]


def test_waves_are_numbered_from_one():
    with pytest.raises(ValueError, match="numbered from 1, got 0"):
        items_for_wave(BANK, 0)
