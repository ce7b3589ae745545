"""What HR has said that the headers of its people files mean."""

from collections.abc import Mapping

from django.db import transaction

from surveys.models import ColumnName


@transaction.atomic
def remember(chosen: Mapping[str, str]) -> None:
    """Keeps the column of each header, by the header's key; empty for one that means nothing. The last word counts."""
    ColumnName.objects.bulk_create(
        [ColumnName(header=header, column=column) for header, column in chosen.items()],
        update_conflicts=True,
        update_fields=["column"],
        unique_fields=["header"],
    )
