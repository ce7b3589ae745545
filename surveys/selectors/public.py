"""What anybody may know of the running waves: their rules, and which departments report together."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from surveys.choices import WaveState
from surveys.models import Department, ReportingGroup, Wave


@dataclass(frozen=True)
class RunningWave:
    """A wave that is open, as everybody may read it."""

    # The survey's name.
    survey: str
    # When it takes no answer any more.
    closes_at: datetime
    # The fewest respondents that a figure of it may rest on.
    min_group_size: int
    # The response that HR wants of each department.
    target_percent: int
    # Whether it is counted only with a passphrase of the works council.
    trustee: bool
    # The names of departments that report together, group by group.
    pools: tuple[tuple[str, ...], ...]


def running_waves() -> tuple[RunningWave, ...]:
    """The open waves with their pools of two departments or more, by name; three queries however many there are."""
    waves = list(Wave.objects.filter(state=WaveState.OPEN).select_related("survey").order_by("survey__name"))
    names = dict(Department.objects.values_list("id", "name")) if waves else {}
    pools: dict[object, list[tuple[str, ...]]] = {}
    for group in ReportingGroup.objects.filter(wave__in=waves, departments__1__isnull=False):
        pools.setdefault(group.wave_id, []).append(tuple(sorted(names[department] for department in group.departments)))
    return tuple(
        RunningWave(
            survey=wave.survey.name,
            closes_at=wave.closes_at,
            min_group_size=wave.min_group_size,
            target_percent=wave.target_percent,
            trustee=wave.trustee_key_id is not None,
            pools=tuple(sorted(pools.get(wave.id, ()))),
        )
        for wave in waves
    )


def all_have_trustees(waves: Sequence[RunningWave]) -> bool:
    """Where one wave does without, or none is open, the page as a whole promises no more than holds for that one."""
    return bool(waves) and all(wave.trustee for wave in waves)
