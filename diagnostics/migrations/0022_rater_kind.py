"""The column `level` of the pair map says who rates, and is called so; `level` is how high a figure is."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('diagnostics', '0021_alert_memory_names'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='pairindex',
            name='pair_index_once',
        ),
        migrations.RemoveConstraint(
            model_name='pairindex',
            name='pair_index_level_known',
        ),
        migrations.RemoveConstraint(
            model_name='pairscore',
            name='pair_score_once',
        ),
        migrations.RemoveConstraint(
            model_name='pairscore',
            name='pair_score_level_known',
        ),
        migrations.RenameField(
            model_name='pairindex',
            old_name='level',
            new_name='rater_kind',
        ),
        migrations.RenameField(
            model_name='pairscore',
            old_name='level',
            new_name='rater_kind',
        ),
        migrations.AddConstraint(
            model_name='pairindex',
            constraint=models.UniqueConstraint(fields=('rater_kind', 'first', 'second'), name='pair_index_once'),
        ),
        migrations.AddConstraint(
            model_name='pairindex',
            constraint=models.CheckConstraint(condition=models.Q(('rater_kind__in', ('group', 'division'))), name='pair_index_rater_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='pairscore',
            constraint=models.UniqueConstraint(fields=('rater_kind', 'rater', 'rated'), name='pair_score_once'),
        ),
        migrations.AddConstraint(
            model_name='pairscore',
            constraint=models.CheckConstraint(condition=models.Q(('rater_kind__in', ['group', 'division', 'everybody'])), name='pair_score_rater_kind_known'),
        ),
    ]
