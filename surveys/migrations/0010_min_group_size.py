from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("surveys", "0009_key_proofs"),
    ]

    operations = [
        migrations.RemoveConstraint(model_name="survey", name="survey_floor"),
        migrations.RemoveConstraint(model_name="wave", name="wave_floor"),
        migrations.RenameField(model_name="survey", old_name="floor", new_name="min_group_size"),
        migrations.RenameField(model_name="wave", old_name="floor", new_name="min_group_size"),
        migrations.AddConstraint(
            model_name="survey",
            constraint=models.CheckConstraint(condition=models.Q(("min_group_size__gte", 5)), name="survey_min_group_size"),
        ),
        migrations.AddConstraint(
            model_name="wave",
            constraint=models.CheckConstraint(condition=models.Q(("min_group_size__gte", 5)), name="wave_min_group_size"),
        ),
    ]
