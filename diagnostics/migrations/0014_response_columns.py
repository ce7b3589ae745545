"""Columns for how many answered, as numbers. 0015 fills them, 0016 has the constraints and drops the texts."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('diagnostics', '0013_alert_memory_help'),
    ]

    operations = [
        migrations.AddField(
            model_name='groupscore',
            name='response_low',
            field=models.PositiveIntegerField(null=True),
        ),
        migrations.AddField(
            model_name='groupscore',
            name='response_high',
            field=models.PositiveIntegerField(null=True),
        ),
        migrations.AddField(
            model_name='groupscore',
            name='response_percent',
            field=models.PositiveSmallIntegerField(null=True),
        ),
        migrations.AddField(
            model_name='groupscore',
            name='response_percent_at_least',
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name='pairscore',
            name='response_low',
            field=models.PositiveIntegerField(null=True),
        ),
        migrations.AddField(
            model_name='pairscore',
            name='response_high',
            field=models.PositiveIntegerField(null=True),
        ),
    ]
