"""Makes room for the codes of alerts, and lifts the constraints that name their old events."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("diagnostics", "0006_remedy"),
    ]

    operations = [
        migrations.RemoveConstraint(model_name="alertstate", name="alert_event_known"),
        migrations.RemoveConstraint(model_name="alertstate", name="alert_standing_since"),
        migrations.RemoveConstraint(model_name="alertstate", name="alert_standing_has_baseline"),
        migrations.RemoveConstraint(model_name="alertstate", name="alert_over_was_raised"),
        migrations.RenameField(model_name="alertstate", old_name="standing", new_name="ongoing"),
        migrations.AddField(
            model_name="alertstate",
            name="reason_code",
            field=models.CharField(max_length=20, default="legacy"),
        ),
        migrations.AddField(
            model_name="alertstate",
            name="reason_arguments",
            field=models.JSONField(default=dict),
        ),
    ]
