"""The stage of each node of a wave, from published figures only: what is suppressed takes no part in it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from diagnostics.choices import Stage, Status
from diagnostics.core.alerts.stage import CORE_SIGNS, ROTATING_SIGNS, ROTATION, SIGNS, stage
from diagnostics.models import GroupScore, Score
from diagnostics.scoring.disclosing import WaveFigures
from surveys.selectors.results import ClosedWave

# By node key and sign: the wave's number, and whether the sign was raised in it.
_DatedSigns = Mapping[str, Mapping[str, tuple[int, bool]]]


def decide_stages(figures: WaveFigures, groups: Mapping[str, GroupScore], scores: Iterable[Score]) -> None:
    """Writes the stage into the rows, not yet stored. Without the five core signs in the wave there is none."""
    if not set(CORE_SIGNS).issubset(figures.scoring_key.measures):
        return
    now: dict[str, dict[str, tuple[int, bool]]] = defaultdict(dict)
    for score in scores:
        if score.status == Status.PUBLISHED and score.measure in SIGNS:
            now[score.group.key][score.measure] = (figures.wave.number, score.raised)
    before = _turns_before(figures.wave)
    for key, group in groups.items():
        if any(sign in now[key] for sign in CORE_SIGNS):
            signs = {**before[key], **now[key]}
            group.stage = Stage(stage([sign for sign, (_, raised) in signs.items() if raised]))
            group.stage_whole = len(signs) == len(SIGNS)
            group.stage_basis = _basis(signs)


def _turns_before(wave: ClosedWave) -> _DatedSigns:
    """The last published figures of the signs that take turns, of the waves of this rotation before this one."""
    found: dict[str, dict[str, tuple[int, bool]]] = defaultdict(dict)
    rows = Score.objects.filter(
        measure__in=ROTATING_SIGNS,
        status=Status.PUBLISHED,
        group__snapshot__wave__survey=wave.survey_id,
        group__snapshot__wave__number__range=(wave.number - ROTATION + 1, wave.number - 1),
    ).order_by("group__snapshot__wave__number")
    columns = ("group__key", "measure", "group__snapshot__wave__number", "raised")
    for key, sign, number, raised in rows.values_list(*columns):
        found[key][sign] = (number, raised)
    return found


def _basis(signs: Mapping[str, tuple[int, bool]]) -> list[dict[str, Any]]:
    return [{"sign": sign, "wave": signs[sign][0], "raised": signs[sign][1]} for sign in SIGNS if sign in signs]
