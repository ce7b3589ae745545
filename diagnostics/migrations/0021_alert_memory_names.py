"""What is remembered of an alert is renamed in every row, so that its names explain themselves."""

from django.db import migrations, models

BATCH = 1000
NAMES = {'watch_run': 'waves_above', 'calm_run': 'waves_calm', 'raised': 'raised_in'}


def _rename(apps, names):
    states = apps.get_model('diagnostics', 'AlertState').objects
    rows, last = True, 0
    while rows:
        rows = list(states.filter(pk__gt=last).order_by('pk').only('memory')[:BATCH])
        for row in rows:
            row.memory = {names.get(name, name): value for name, value in row.memory.items()}
            last = row.pk
        states.bulk_update(rows, ['memory'])


def rename(apps, _editor):
    _rename(apps, NAMES)


def rename_back(apps, _editor):
    _rename(apps, {new: old for old, new in NAMES.items()})


class Migration(migrations.Migration):

    dependencies = [
        ('diagnostics', '0020_scoring_fault'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='alertstate',
            name='alert_memory_of_its_kind',
        ),
        migrations.RemoveConstraint(
            model_name='alertstate',
            name='alert_over_was_raised',
        ),
        migrations.AlterField(
            model_name='alertstate',
            name='memory',
            field=models.JSONField(default=dict, help_text='Numbers that the next wave needs; of an alert that this wave ended also `raised_in`: the number of the wave that had raised it.'),
        ),
        migrations.RunPython(rename, rename_back),
        migrations.AddConstraint(
            model_name='alertstate',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'level'), ('memory__has_keys', ['waves_above', 'waves_calm'])), models.Q(('kind', 'change'), ('memory__has_keys', ['watched', 'waves_calm', 'items'])), models.Q(('kind', 'participation'), ('memory__has_keys', ['waves_calm'])), _connector='OR'), name='alert_memory_of_its_kind'),
        ),
        migrations.AddConstraint(
            model_name='alertstate',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('event__in', ['cleared', 'expired']), _negated=True), ('memory__has_key', 'raised_in'), _connector='OR'), name='alert_over_was_raised'),
        ),
    ]
