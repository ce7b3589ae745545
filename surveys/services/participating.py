"""Participation by department while a wave is open: below or at target, once a night, never a count."""

from django.db.models import Count, Q

from surveys.models import ReportingGroup, Wave
from surveys.rules.limits import BATCH_SIZE
from surveys.rules.participation import at_target


def refresh_targets(wave: Wave) -> None:
    """Refreshes what may be published of each group. Call it in the night's transaction and nowhere else."""
    counted = wave.groups.annotate(
        invited=Count("invitations"),
        erased=Count("invitations", filter=Q(invitations__employee=None)),
        answered=Count("invitations", filter=Q(invitations__answered=True)),
    )
    groups = list(counted)
    for group in groups:
        group.at_target = at_target(
            answered=group.answered,
            invited=group.invited,
            erased=group.erased,
            min_group_size=wave.min_group_size,
            target=wave.target_percent,
        )
    ReportingGroup.objects.bulk_update(groups, ["at_target"], batch_size=BATCH_SIZE)
