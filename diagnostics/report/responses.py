"""How many of the whole company answered, as each wave's report has it: the page of waves shows the same."""

import uuid

from diagnostics.choices import GroupKind
from diagnostics.models import GroupScore
from surveys.rules.rounding import Band, GroupResponse, Rate
from surveys.selectors.published import register


def stored_response(group: GroupScore, min_group_size: int) -> GroupResponse:
    """What is published of the number of a group's respondents."""
    low, high, percent = group.response_low, group.response_high, group.response_percent
    return GroupResponse(
        min_group_size,
        None if low is None or high is None else Band(low, high),
        None if percent is None else Rate(percent, at_least=group.response_percent_at_least),
    )


def company_responses() -> dict[uuid.UUID, GroupResponse]:
    """By wave; one that is not scored yet is not there."""
    rows = GroupScore.objects.filter(kind=GroupKind.COMPANY).select_related("snapshot__wave")
    fields = ("response_low", "response_high", "response_percent", "response_percent_at_least")
    return {
        row.snapshot.wave_id: stored_response(row, row.snapshot.wave.min_group_size)
        for row in rows.only(*fields, "snapshot__wave__min_group_size")
    }


register("diagnostics", company_responses)
