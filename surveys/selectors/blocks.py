"""Many rows' bytes as one block: a million respondents come out of PostgreSQL in a second that way."""

from django.db.models import Aggregate, BinaryField


class Joined(Aggregate):
    """PostgreSQL only. The order within a block means nothing."""

    function = "string_agg"
    template = "%(function)s(%(expressions)s, ''::bytea)"
    output_field = BinaryField()
