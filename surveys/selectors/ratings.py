"""What a closed wave holds about counterparts: the one place that reads counted ratings."""

import uuid
from collections import defaultdict
from dataclasses import dataclass

from django.db import connection

from surveys.models import CounterpartRating
from surveys.selectors.blocks import Joined


@dataclass(frozen=True)
class RatingBlock:
    """What raters of one group, or of one division, answered about one department."""

    # The raters' reporting group; None where they are stored by division.
    group: uuid.UUID | None
    # The raters' division; None where they are stored by group.
    division: int | None
    # The department that is rated.
    counterpart: int
    # The ratings one after the other, in no order that means anything, each another person's: the number of the
    # contact in choices.Contact, then a byte a counterpart item.
    answers: bytes


def rating_blocks(wave_id: uuid.UUID) -> list[RatingBlock]:
    """One block for each raters and counterpart, in a fixed order."""
    rows = CounterpartRating.objects.filter(wave=wave_id)
    columns = ("group_id", "division_id", "counterpart_id")
    parts: dict[tuple[uuid.UUID | None, int | None, int], list[bytes]] = defaultdict(list)
    if connection.vendor == "postgresql":
        for *key, block in rows.order_by().values_list(*columns).annotate(block=Joined("answers")):
            parts[key[0], key[1], key[2]].append(bytes(block))
    else:
        for *key, answers in rows.values_list(*columns, "answers").iterator():
            parts[key[0], key[1], key[2]].append(bytes(answers))
    blocks = [RatingBlock(*key, b"".join(found)) for key, found in parts.items()]
    return sorted(blocks, key=lambda block: (str(block.group), block.division or 0, block.counterpart))
