"""Of two open remedies of the same kind for the same two sides, one is dropped.

Saved at the same moment with their sides swapped, both got through. The one that is running stays, else the one that
starts first.
"""

from django.db import migrations


def drop_second(apps, _schema_editor):
    """Keeps one remedy of each kind for each two sides."""
    kept = set()
    rows = apps.get_model('diagnostics', 'Remedy').objects.filter(state__in=('planned', 'running'))
    for remedy in sorted(rows, key=lambda row: (row.state != 'running', row.starts_on, row.pk)):
        what = (remedy.survey_id, remedy.code, *sorted((remedy.first_key, remedy.second_key)))
        if what in kept:
            remedy.state = 'dropped'
            remedy.save(update_fields=['state'])
        kept.add(what)


class Migration(migrations.Migration):

    dependencies = [
        ('diagnostics', '0016_response_constraints'),
    ]

    operations = [
        migrations.RunPython(drop_second, migrations.RunPython.noop),
    ]
