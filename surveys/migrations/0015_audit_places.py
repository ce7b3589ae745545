from django.db import migrations


def add_kinds(apps, schema_editor):
    """Of the searches of earlier audits, whose kind was the first word of the source."""
    runs = apps.get_model("surveys", "AuditRun").objects.using(schema_editor.connection.alias)
    for run in runs.iterator():
        for search in run.report.get("searches", []):
            first = search["source"].split(" ")[0]
            search.setdefault("kind", first if first in ("table", "pages") else "other")
        run.save(update_fields=["report"])


class Migration(migrations.Migration):

    dependencies = [
        ("surveys", "0014_group_reason_codes"),
    ]

    operations = [
        migrations.RunPython(add_kinds, migrations.RunPython.noop),
    ]
