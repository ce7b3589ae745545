"""Rewrites the file of the table of comments, in which the comments as they were are still readable.

Not in a transaction, which databases demand for this; so it may run again after a crash.
"""

from django.db import migrations

from surveys.services import dead_rows


def rewrite(apps, schema_editor):
    # A new installation has nothing to erase, and must not wait for anybody.
    has_had_comments = any(
        apps.get_model("surveys", name).objects.exists() for name in ("Comment", "WithheldComments")
    )
    if has_had_comments and not dead_rows.rewrite(apps.get_model("surveys", "Comment")):
        raise RuntimeError(
            "Comments as they were before can still be found in the database's files: another program uses the table, "
            "or reads it as it was. Stop the product, end the transactions that are oldest, and migrate again."
        )


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("surveys", "0021_redact_comments")]
    operations = [migrations.RunPython(rewrite, migrations.RunPython.noop)]
