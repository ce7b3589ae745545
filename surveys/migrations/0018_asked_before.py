from django.db import migrations
from django.utils import timezone

BATCH_SIZE = 2000


def remember(apps, schema_editor):
    """Whom the waves before this version have asked, as far as their invitations are kept; the latest wave counts."""
    alias = schema_editor.connection.alias
    asked = apps.get_model("surveys", "LastAsked").objects.using(alias)
    invitations = apps.get_model("surveys", "Invitation").objects.using(alias)
    waves = apps.get_model("surveys", "Wave").objects.using(alias).select_related("survey").defer("questionnaire")
    for wave in waves.filter(invitations__isnull=False).distinct().order_by("opens_at", "id"):
        day = timezone.localdate(wave.opens_at)
        period = 84 if wave.survey.cadence == "quarterly" else 28
        people = invitations.filter(wave=wave, employee__isnull=False).values_list("employee_id", "group_id")
        asked.bulk_create(
            (asked.model(employee_id=employee, day=day, period=period, group_id=group) for employee, group in people),
            batch_size=BATCH_SIZE,
            update_conflicts=True,
            update_fields=["day", "period", "group"],
            unique_fields=["employee"],
        )


class Migration(migrations.Migration):

    dependencies = [
        ("surveys", "0017_last_asked"),
    ]

    operations = [
        migrations.RunPython(remember, migrations.RunPython.noop),
    ]
