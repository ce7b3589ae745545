"""What this app stores on whom, and for how long: its part of the record of processing."""

from django.utils.translation import gettext_lazy as _

from surveys.privacy.record import Record, register

register(
    "diagnostics",
    Record(
        whom=_("Readers of the digest"),
        what=_("The digests that they were sent."),
        models=("diagnostics.Digest",),
        until=_("While the account exists."),
    ),
    Record(
        whom=_("Owners of remedies"),
        what=_("Name and mail address, as HR wrote them, and what is to be done."),
        models=("diagnostics.Remedy",),
        until=_("Until HR removes them."),
    ),
    # The figures of groups that are large enough.
    Record(
        whom="",
        what="",
        models=(
            "diagnostics.AlertState",
            "diagnostics.GroupScore",
            "diagnostics.MethodNote",
            "diagnostics.PairIndex",
            "diagnostics.PairNode",
            "diagnostics.PairScore",
            "diagnostics.Score",
            "diagnostics.ScoringFault",
            "diagnostics.Snapshot",
        ),
    ),
)
