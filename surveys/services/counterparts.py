"""Brings the map of who works with whom in line with a file: all of it or nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction

from surveys.models import Collaboration, Department
from surveys.selectors.roster import current_counterparts


@dataclass(frozen=True)
class CounterpartChange:
    """What a file would change of who works with whom."""

    # By department, its counterparts now, the most important first; only where they differ.
    before: Mapping[str, Sequence[str]]
    # The same, after the file.
    after: Mapping[str, Sequence[str]]
    # How many departments keep theirs.
    unchanged: int


def plan(counterparts: Mapping[str, Sequence[str]]) -> CounterpartChange:
    """What the map, by names of departments that exist, would change. Writes nothing."""
    known = current_counterparts()
    names = sorted(known.keys() | counterparts.keys())
    differing = [name for name in names if list(known.get(name, ())) != list(counterparts.get(name, ()))]
    return CounterpartChange(
        before={name: known.get(name, ()) for name in differing},
        after={name: counterparts.get(name, ()) for name in differing},
        unchanged=len(names) - len(differing),
    )


@transaction.atomic
def apply(change: CounterpartChange) -> None:
    """Departments whose counterparts differ get the new ones; the rest is not touched."""
    if not change.after:
        return
    ids = dict(Department.objects.select_for_update().values_list("name", "id"))
    Collaboration.objects.filter(department__name__in=list(change.after)).delete()
    Collaboration.objects.bulk_create(
        Collaboration(department_id=ids[name], counterpart_id=ids[counterpart], rank=rank)
        for name, counterparts in change.after.items()
        for rank, counterpart in enumerate(counterparts, start=1)
    )
