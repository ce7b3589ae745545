"""Drops the sentences that migration 0008 has read, and lets the database refuse what is no code."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('diagnostics', '0008_alert_reasons'),
    ]

    operations = [
        migrations.RemoveField(
            model_name='alertstate',
            name='reason',
        ),
        migrations.AlterField(
            model_name='alertstate',
            name='event',
            field=models.CharField(choices=[('none', 'none'), ('watch', 'watch'), ('raised', 'raised'), ('ongoing', 'ongoing'), ('cleared', 'cleared'), ('expired', 'expired')], default='none', help_text='What the wave did to the alert.', max_length=8),
        ),
        migrations.AlterField(
            model_name='alertstate',
            name='key',
            field=models.CharField(help_text='Key of the group: the same for the same set of departments.', max_length=64),
        ),
        migrations.AlterField(
            model_name='alertstate',
            name='measure',
            field=models.CharField(help_text='Code of the index or sign, or that of the response.', max_length=60),
        ),
        migrations.AlterField(
            model_name='alertstate',
            name='memory',
            field=models.JSONField(default=dict, help_text='Numbers that the next wave needs (diagnostics/services/alert_memory.py); of an alert that this wave ended also `raised`: the number of the wave that had raised it.'),
        ),
        migrations.AlterField(
            model_name='alertstate',
            name='ongoing',
            field=models.BooleanField(default=False, help_text='Raised by this wave or an earlier one, and not over.'),
        ),
        migrations.AlterField(
            model_name='alertstate',
            name='reason_arguments',
            field=models.JSONField(default=dict, help_text='Published numbers that belong to the code.'),
        ),
        migrations.AlterField(
            model_name='alertstate',
            name='reason_code',
            field=models.CharField(choices=[('legacy', 'legacy'), ('suppressed', 'suppressed'), ('low_response', 'low_response'), ('response_unknown', 'response_unknown'), ('above_level', 'above_level'), ('above_level_again', 'above_level_again'), ('nearly_raised', 'nearly_raised'), ('nearly_cleared', 'nearly_cleared'), ('below_level', 'below_level'), ('no_baseline', 'no_baseline'), ('no_rise', 'no_rise'), ('rise_seen', 'rise_seen'), ('rise_confirmed', 'rise_confirmed'), ('rise_lasts', 'rise_lasts'), ('rise_calming', 'rise_calming'), ('rise_over', 'rise_over'), ('other_items', 'other_items'), ('baseline_too_old', 'baseline_too_old'), ('response_steady', 'response_steady'), ('response_fell', 'response_fell'), ('response_low', 'response_low'), ('response_recovering', 'response_recovering'), ('response_recovered', 'response_recovered')], help_text='Why the wave did that.', max_length=20),
        ),
        migrations.AlterField(
            model_name='alertstate',
            name='since',
            field=models.PositiveIntegerField(help_text='Number of the wave that raised an ongoing alert.', null=True),
        ),
        migrations.AddConstraint(
            model_name='alertstate',
            constraint=models.CheckConstraint(condition=models.Q(('event__in', ['none', 'watch', 'raised', 'ongoing', 'cleared', 'expired'])), name='alert_event_known'),
        ),
        migrations.AddConstraint(
            model_name='alertstate',
            constraint=models.CheckConstraint(condition=models.Q(('reason_code__in', ['legacy', 'suppressed', 'low_response', 'response_unknown', 'above_level', 'above_level_again', 'nearly_raised', 'nearly_cleared', 'below_level', 'no_baseline', 'no_rise', 'rise_seen', 'rise_confirmed', 'rise_lasts', 'rise_calming', 'rise_over', 'other_items', 'baseline_too_old', 'response_steady', 'response_fell', 'response_low', 'response_recovering', 'response_recovered'])), name='alert_reason_known'),
        ),
        migrations.AddConstraint(
            model_name='alertstate',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('event__in', ['raised', 'ongoing']), ('ongoing', True), ('since__isnull', False)), models.Q(models.Q(('event__in', ['raised', 'ongoing']), _negated=True), ('ongoing', False), ('since__isnull', True)), _connector='OR'), name='alert_ongoing_since'),
        ),
        migrations.AddConstraint(
            model_name='alertstate',
            constraint=models.CheckConstraint(condition=models.Q(('kind', 'level'), ('ongoing', False), ('memory__has_key', 'base'), _connector='OR'), name='alert_ongoing_has_baseline'),
        ),
        migrations.AddConstraint(
            model_name='alertstate',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('event__in', ['cleared', 'expired']), _negated=True), ('memory__has_key', 'raised'), _connector='OR'), name='alert_over_was_raised'),
        ),
    ]
