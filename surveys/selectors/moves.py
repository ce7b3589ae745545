"""Between which groups of which waves people have moved, as counts: who it was is known to nobody."""

import uuid
from collections import Counter, defaultdict
from collections.abc import Mapping

from surveys.models import ReportingGroup, Wave

# By (group of the earlier wave, group of the later one), as they were counted: how many people were asked in both.
Moves = Mapping[tuple[uuid.UUID, uuid.UUID], int]


def moves_into(wave_id: uuid.UUID) -> dict[uuid.UUID, Moves]:
    """By earlier wave, the people of this wave's groups who were asked last in that one."""
    rows = ReportingGroup.objects.filter(wave=wave_id).values_list("id", "merged_into", "came_from")
    moves = [
        (uuid.UUID(move["group"]), merged or group, move["people"]) for group, merged, came in rows for move in came
    ]
    return _by_wave(moves, [group for group, _, _ in moves])


def moves_out_of(wave_id: uuid.UUID) -> dict[uuid.UUID, Moves]:
    """By later wave, the people of this wave's groups who were asked next in that one."""
    own = {group: merged or group for group, merged in _final(wave_id)}
    found: dict[uuid.UUID, Counter[tuple[uuid.UUID, uuid.UUID]]] = defaultdict(Counter)
    opened = Wave.objects.values_list("opens_at", flat=True).get(id=wave_id)
    later = ReportingGroup.objects.filter(wave__opens_at__gt=opened).exclude(came_from=[])
    for wave, group, merged, came in later.values_list("wave", "id", "merged_into", "came_from"):
        for move in came:
            if (before := own.get(uuid.UUID(move["group"]))) is not None:
                found[wave][before, merged or group] += move["people"]
    return dict(found)


def _final(wave_id: uuid.UUID) -> list[tuple[uuid.UUID, uuid.UUID | None]]:
    return list(ReportingGroup.objects.filter(wave=wave_id).values_list("id", "merged_into"))


def _by_wave(moves: list[tuple[uuid.UUID, uuid.UUID, int]], groups: list[uuid.UUID]) -> dict[uuid.UUID, Moves]:
    rows = ReportingGroup.objects.filter(id__in=set(groups)).values_list("id", "wave", "merged_into")
    earlier = {group: (wave, merged or group) for group, wave, merged in rows}
    found: dict[uuid.UUID, Counter[tuple[uuid.UUID, uuid.UUID]]] = defaultdict(Counter)
    for before, group, people in moves:
        if before in earlier:
            wave, final = earlier[before]
            found[wave][final, group] += people
    return dict(found)
