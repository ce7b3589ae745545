from django.db import migrations, models

STATES = ["planned", "opening", "open", "closing", "closed", "abandoned"]


def rename(old, new):
    def run(apps, schema_editor):
        waves = apps.get_model("surveys", "Wave").objects.using(schema_editor.connection.alias)
        waves.filter(state=old).update(state=new)

    return run


class Migration(migrations.Migration):

    dependencies = [
        ("surveys", "0010_min_group_size"),
    ]

    operations = [
        migrations.RemoveConstraint(model_name="wave", name="wave_state_known"),
        migrations.RemoveConstraint(model_name="wave", name="wave_ballots_lost_if_given_up"),
        migrations.AlterField(
            model_name="wave",
            name="state",
            field=models.CharField(
                choices=[(state, state.capitalize()) for state in STATES], default="planned", max_length=9
            ),
        ),
        migrations.RunPython(rename("given_up", "abandoned"), rename("abandoned", "given_up")),
        migrations.AddConstraint(
            model_name="wave",
            constraint=models.CheckConstraint(condition=models.Q(("state__in", STATES)), name="wave_state_known"),
        ),
        migrations.AddConstraint(
            model_name="wave",
            constraint=models.CheckConstraint(
                condition=models.Q(("ballots_lost", 0), ("state", "abandoned"), _connector="OR"),
                name="wave_ballots_lost_if_abandoned",
            ),
        ),
    ]
