"""Participation while a wave is open: of the company a rate, of departments below or at target; once a night."""

import datetime as dt

from django.db.models import Count, Q

from surveys.models import ReportingGroup, Wave
from surveys.rules.limits import BATCH_SIZE
from surveys.rules.participation import at_target, open_percent


def refresh_participation(wave: Wave, night: dt.date) -> None:
    """Refreshes what may be published of the wave. Call it in the night's transaction and nowhere else."""
    counted = wave.groups.annotate(
        invited=Count("invitations"),
        erased=Count("invitations", filter=Q(invitations__employee=None)),
        answered=Count("invitations", filter=Q(invitations__answered=True)),
    )
    groups = list(counted)
    # Of the headcounts that bands are made with after counting, which erasing does not change.
    counts = [(group.answered, group.invited if group.people is None else group.people) for group in groups]
    percent = open_percent(counts, min_group_size=wave.min_group_size)
    Wave.objects.filter(id=wave.id).update(shuffled_on=night, response_percent=percent)
    for group in groups:
        group.at_target = at_target(
            answered=group.answered,
            invited=group.invited,
            erased=group.erased,
            min_group_size=wave.min_group_size,
            target=wave.target_percent,
        )
    ReportingGroup.objects.bulk_update(groups, ["at_target"], batch_size=BATCH_SIZE)
