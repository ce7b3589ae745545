"""Columns and constraints for the codes that 0010 has made of the sentences."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('diagnostics', '0010_suppression_codes'),
    ]

    operations = [
        migrations.AlterField(
            model_name='pairindex',
            name='model',
            field=models.CharField(choices=[('social_relations', 'social_relations'), ('empirical_bayes', 'empirical_bayes')], max_length=20),
        ),
        migrations.AlterField(
            model_name='pairindex',
            name='model_reason',
            field=models.CharField(blank=True, choices=[('one_by_one', 'one_by_one'), ('too_few_departments', 'too_few_departments'), ('too_few_directions', 'too_few_directions'), ('too_many_directions', 'too_many_directions'), ('not_converged', 'not_converged'), ('legacy', 'legacy')], max_length=20),
        ),
        migrations.AlterField(
            model_name='pairscore',
            name='model',
            field=models.CharField(blank=True, choices=[('social_relations', 'social_relations'), ('empirical_bayes', 'empirical_bayes')], max_length=20),
        ),
        migrations.AlterField(
            model_name='pairscore',
            name='model_reason',
            field=models.CharField(blank=True, choices=[('one_by_one', 'one_by_one'), ('too_few_departments', 'too_few_departments'), ('too_few_directions', 'too_few_directions'), ('too_many_directions', 'too_many_directions'), ('not_converged', 'not_converged'), ('legacy', 'legacy')], max_length=20),
        ),
        migrations.AlterField(
            model_name='pairscore',
            name='no_contact_reason',
            field=models.CharField(blank=True, choices=[('too_few', 'too_few'), ('protected', 'protected'), ('not_asked', 'not_asked'), ('legacy', 'legacy')], max_length=12),
        ),
        migrations.AlterField(
            model_name='pairscore',
            name='rated',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='diagnostics.pairnode'),
        ),
        migrations.AlterField(
            model_name='pairscore',
            name='rater',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='diagnostics.pairnode'),
        ),
        migrations.AlterField(
            model_name='pairscore',
            name='reason',
            field=models.CharField(blank=True, choices=[('too_few', 'too_few'), ('protected', 'protected'), ('not_asked', 'not_asked'), ('legacy', 'legacy')], max_length=12),
        ),
        migrations.AlterField(
            model_name='score',
            name='reason',
            field=models.CharField(blank=True, choices=[('too_few', 'too_few'), ('protected', 'protected'), ('not_asked', 'not_asked'), ('legacy', 'legacy')], max_length=12),
        ),
        migrations.AddConstraint(
            model_name='pairindex',
            constraint=models.CheckConstraint(condition=models.Q(('model__in', ['social_relations', 'empirical_bayes'])), name='pair_index_model_known'),
        ),
        migrations.AddConstraint(
            model_name='pairindex',
            constraint=models.CheckConstraint(condition=models.Q(('model_reason', ''), ('model_reason__in', ['one_by_one', 'too_few_departments', 'too_few_directions', 'too_many_directions', 'not_converged', 'legacy']), _connector='OR'), name='pair_index_model_reason_known'),
        ),
        migrations.AddConstraint(
            model_name='pairscore',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(models.Q(('high__isnull', False), ('low__isnull', False), ('value__isnull', False), ('high__range', (models.F('value'), 95)), ('low__range', (5, models.F('value'))), ('value__range', (5, 95))), models.Q(('model__in', ['social_relations', 'empirical_bayes'])), ('reason', ''), ('status', 'published')), models.Q(models.Q(('reason', ''), _negated=True), ('high__isnull', True), ('low__isnull', True), ('model', ''), ('model_reason', ''), ('no_contact__isnull', True), ('response_band', ''), ('status', 'suppressed'), ('value__isnull', True)), _connector='OR'), name='pair_score_suppressed_has_no_figure'),
        ),
        migrations.AddConstraint(
            model_name='pairscore',
            constraint=models.CheckConstraint(condition=models.Q(('reason__in', ('', 'too_few', 'protected', 'not_asked', 'legacy')), ('no_contact_reason__in', ('', 'too_few', 'protected', 'not_asked', 'legacy'))), name='pair_score_reasons_known'),
        ),
        migrations.AddConstraint(
            model_name='pairscore',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(models.Q(('reason', 'legacy'), models.Q(('legacy_reason', ''), _negated=True)), models.Q(models.Q(('reason', 'legacy'), _negated=True), ('legacy_reason', '')), _connector='OR'), models.Q(models.Q(('no_contact_reason', 'legacy'), models.Q(('legacy_no_contact_reason', ''), _negated=True)), models.Q(models.Q(('no_contact_reason', 'legacy'), _negated=True), ('legacy_no_contact_reason', '')), _connector='OR')), name='pair_score_legacy_has_text'),
        ),
        migrations.AddConstraint(
            model_name='pairscore',
            constraint=models.CheckConstraint(condition=models.Q(('model_reason', ''), ('model_reason__in', ['one_by_one', 'too_few_departments', 'too_few_directions', 'too_many_directions', 'not_converged', 'legacy']), _connector='OR'), name='pair_score_model_reason_known'),
        ),
        migrations.AddConstraint(
            model_name='score',
            constraint=models.CheckConstraint(condition=models.Q(('status', 'published'), ('raised', False), _connector='OR'), name='score_suppressed_is_not_raised'),
        ),
        migrations.AddConstraint(
            model_name='score',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('reason', ''), ('status', 'published'), ('value__isnull', False)), models.Q(models.Q(('reason', ''), _negated=True), ('change__isnull', True), ('high__isnull', True), ('level', ''), ('low__isnull', True), ('outer_high__isnull', True), ('outer_low__isnull', True), ('status', 'suppressed'), ('value__isnull', True)), _connector='OR'), name='score_suppressed_has_no_figure'),
        ),
        migrations.AddConstraint(
            model_name='score',
            constraint=models.CheckConstraint(condition=models.Q(('reason__in', ('', 'too_few', 'protected', 'not_asked', 'legacy'))), name='score_reason_known'),
        ),
        migrations.AddConstraint(
            model_name='score',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('reason', 'legacy'), models.Q(('legacy_reason', ''), _negated=True)), models.Q(models.Q(('reason', 'legacy'), _negated=True), ('legacy_reason', '')), _connector='OR'), name='score_legacy_has_text'),
        ),
    ]
