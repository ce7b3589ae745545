"""What anybody may know of the running waves: their rules, and which departments are counted together."""

from dataclasses import dataclass
from datetime import datetime

from surveys.choices import WaveState
from surveys.models import ReportingGroup, Wave


@dataclass(frozen=True)
class RunningWave:
    survey: str
    closes_at: datetime
    floor: int
    pools: tuple[str, ...]


def running_waves() -> tuple[RunningWave, ...]:
    """The open waves with their pools of two departments or more, by name; two queries however many there are."""
    waves = Wave.objects.filter(state=WaveState.OPEN).select_related("survey").order_by("survey__name")
    pools: dict[object, list[str]] = {}
    for group in ReportingGroup.objects.filter(wave__state=WaveState.OPEN, departments__1__isnull=False):
        pools.setdefault(group.wave_id, []).append(group.name)
    return tuple(
        RunningWave(wave.survey.name, wave.closes_at, wave.floor, tuple(pools.get(wave.id, ()))) for wave in waves
    )
