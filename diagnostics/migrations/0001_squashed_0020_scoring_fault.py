"""What all migrations so far make, in one step: a new database takes this one, an older one what it has not had."""

import django.db.models.deletion
import django.db.models.functions.comparison
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [
        ('diagnostics', '0001_initial'),
        ('diagnostics', '0002_alert_kinds'),
        ('diagnostics', '0003_stages'),
        ('diagnostics', '0004_pairs'),
        ('diagnostics', '0005_method_note'),
        ('diagnostics', '0006_remedy'),
        ('diagnostics', '0007_alert_reason_columns'),
        ('diagnostics', '0008_alert_reasons'),
        ('diagnostics', '0009_alert_reason_codes'),
        ('diagnostics', '0010_suppression_codes'),
        ('diagnostics', '0011_suppression_constraints'),
        ('diagnostics', '0012_alert_kinds'),
        ('diagnostics', '0013_alert_memory_help'),
        ('diagnostics', '0014_response_columns'),
        ('diagnostics', '0015_response_numbers'),
        ('diagnostics', '0016_response_constraints'),
        ('diagnostics', '0017_remedies_once'),
        ('diagnostics', '0018_remedy_sides_once'),
        ('diagnostics', '0019_coarse_shares'),
        ('diagnostics', '0020_scoring_fault'),
    ]

    initial = True

    dependencies = [
        ('surveys', '0028_audit_codes'),
        ('surveys', '__first__'),
    ]

    operations = [
        migrations.CreateModel(
            name='AlertState',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(help_text='Key of the group: the same for the same set of departments.', max_length=64)),
                ('measure', models.CharField(help_text='Code of the index or sign, or that of the response.', max_length=60)),
                ('since', models.PositiveIntegerField(help_text='Number of the wave that raised an ongoing alert.', null=True)),
                ('memory', models.JSONField(default=dict, help_text='Numbers that the next wave needs; of an alert that this wave ended also `raised`: the number of the wave that had raised it.')),
                ('event', models.CharField(choices=[('none', 'none'), ('watch', 'watch'), ('raised', 'raised'), ('ongoing', 'ongoing'), ('cleared', 'cleared'), ('expired', 'expired')], default='none', help_text='What the wave did to the alert.', max_length=8)),
                ('survey', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='surveys.survey')),
                ('wave', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='alert_states', to='surveys.wave')),
                ('kind', models.CharField(choices=[('level', 'level'), ('change', 'change'), ('participation', 'participation')], default='level', max_length=13)),
                ('ongoing', models.BooleanField(default=False, help_text='Raised by this wave or an earlier one, and not over.')),
                ('reason_code', models.CharField(choices=[('legacy', 'legacy'), ('suppressed', 'suppressed'), ('low_response', 'low_response'), ('response_unknown', 'response_unknown'), ('above_level', 'above_level'), ('above_level_again', 'above_level_again'), ('nearly_raised', 'nearly_raised'), ('nearly_cleared', 'nearly_cleared'), ('below_level', 'below_level'), ('no_baseline', 'no_baseline'), ('no_rise', 'no_rise'), ('rise_seen', 'rise_seen'), ('rise_confirmed', 'rise_confirmed'), ('rise_lasts', 'rise_lasts'), ('rise_calming', 'rise_calming'), ('rise_over', 'rise_over'), ('other_items', 'other_items'), ('baseline_too_old', 'baseline_too_old'), ('response_steady', 'response_steady'), ('response_fell', 'response_fell'), ('response_low', 'response_low'), ('response_recovering', 'response_recovering'), ('response_recovered', 'response_recovered')], help_text='Why the wave did that.', max_length=20)),
                ('reason_arguments', models.JSONField(default=dict, help_text='Published numbers that belong to the code.')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('wave', 'key', 'kind', 'measure'), name='alert_state_once'), models.CheckConstraint(condition=models.Q(('kind__in', ['level', 'change', 'participation'])), name='alert_kind_known'), models.CheckConstraint(condition=models.Q(models.Q(('kind', 'participation'), ('measure', 'response')), models.Q(models.Q(('kind', 'participation'), _negated=True), models.Q(('measure', 'response'), _negated=True)), _connector='OR'), name='alert_participation_is_of_response'), models.CheckConstraint(condition=models.Q(models.Q(('event', 'watch'), _negated=True), ('kind', 'change'), _connector='OR'), name='alert_watch_is_of_change'), models.CheckConstraint(condition=models.Q(models.Q(('kind', 'level'), ('memory__has_keys', ['watch_run', 'calm_run'])), models.Q(('kind', 'change'), ('memory__has_keys', ['watched', 'calm_run', 'items'])), models.Q(('kind', 'participation'), ('memory__has_keys', ['calm_run'])), _connector='OR'), name='alert_memory_of_its_kind'), models.CheckConstraint(condition=models.Q(('event__in', ['none', 'watch', 'raised', 'ongoing', 'cleared', 'expired'])), name='alert_event_known'), models.CheckConstraint(condition=models.Q(('reason_code__in', ['legacy', 'suppressed', 'low_response', 'response_unknown', 'above_level', 'above_level_again', 'nearly_raised', 'nearly_cleared', 'below_level', 'no_baseline', 'no_rise', 'rise_seen', 'rise_confirmed', 'rise_lasts', 'rise_calming', 'rise_over', 'other_items', 'baseline_too_old', 'response_steady', 'response_fell', 'response_low', 'response_recovering', 'response_recovered'])), name='alert_reason_known'), models.CheckConstraint(condition=models.Q(models.Q(('event__in', ['raised', 'ongoing']), ('ongoing', True), ('since__isnull', False)), models.Q(models.Q(('event__in', ['raised', 'ongoing']), _negated=True), ('ongoing', False), ('since__isnull', True)), _connector='OR'), name='alert_ongoing_since'), models.CheckConstraint(condition=models.Q(('kind', 'level'), ('ongoing', False), ('memory__has_key', 'base'), _connector='OR'), name='alert_ongoing_has_baseline'), models.CheckConstraint(condition=models.Q(models.Q(('event__in', ['cleared', 'expired']), _negated=True), ('memory__has_key', 'raised'), _connector='OR'), name='alert_over_was_raised')],
                'indexes': [models.Index(fields=['survey', 'key'], name='alert_state_of_group')],
            },
        ),
        migrations.CreateModel(
            name='Snapshot',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('method', models.CharField(max_length=20)),
                ('wave', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='snapshot', to='surveys.wave')),
            ],
        ),
        migrations.CreateModel(
            name='Remedy',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('code', models.CharField(choices=[('talk_first', 'Talk first'), ('joint_meeting', 'Set a standing joint meeting'), ('show_your_work', 'Show your work'), ('gemba_exchange', 'Swap places for half a day'), ('handover_agreement', 'Agree on the handover'), ('role_charter', 'Write down who does what'), ('shared_kpis', 'Share the figures you answer for'), ('shared_space', 'Sit together')], max_length=20, verbose_name='remedy')),
                ('title', models.CharField(max_length=120)),
                ('reason', models.TextField(blank=True, max_length=1000)),
                ('first_key', models.CharField(max_length=64)),
                ('first_name', models.CharField(max_length=500)),
                ('first_departments', models.JSONField(blank=True, default=list)),
                ('first_owner_name', models.CharField(blank=True, max_length=200)),
                ('first_owner_email', models.EmailField(blank=True, max_length=254)),
                ('second_key', models.CharField(max_length=64)),
                ('second_name', models.CharField(max_length=500)),
                ('second_departments', models.JSONField(blank=True, default=list)),
                ('second_owner_name', models.CharField(blank=True, max_length=200)),
                ('second_owner_email', models.EmailField(blank=True, max_length=254)),
                ('starts_on', models.DateField()),
                ('ends_on', models.DateField(blank=True, null=True)),
                ('steps', models.TextField(blank=True, max_length=5000)),
                ('conditions_met', models.JSONField(blank=True, default=list)),
                ('state', models.CharField(choices=[('planned', 'Planned'), ('running', 'Running'), ('done', 'Done'), ('dropped', 'Dropped')], default='planned', max_length=8)),
                ('first_owner', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('second_owner', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('survey', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='remedies', to='surveys.survey')),
            ],
            options={
                'ordering': ('-starts_on', 'title'),
                'constraints': [models.CheckConstraint(condition=models.Q(('code__in', ['talk_first', 'joint_meeting', 'show_your_work', 'gemba_exchange', 'handover_agreement', 'role_charter', 'shared_kpis', 'shared_space'])), name='remedy_code_known'), models.CheckConstraint(condition=models.Q(('state__in', ['planned', 'running', 'done', 'dropped'])), name='remedy_state_known'), models.CheckConstraint(condition=models.Q(('title', ''), _negated=True), name='remedy_has_title'), models.CheckConstraint(condition=models.Q(models.Q(('first_key', models.F('second_key')), _negated=True), models.Q(('first_key', 'company'), _negated=True), models.Q(('first_key', ''), _negated=True), models.Q(('second_key', ''), _negated=True)), name='remedy_two_sides'), models.CheckConstraint(condition=models.Q(models.Q(('first_owner__isnull', False), ('first_owner_email', ''), ('first_owner_name', '')), models.Q(models.Q(('first_owner_name', ''), _negated=True), ('first_owner__isnull', True)), _connector='OR'), name='remedy_first_owner'), models.CheckConstraint(condition=models.Q(models.Q(('second_owner__isnull', False), ('second_owner_email', ''), ('second_owner_name', '')), models.Q(models.Q(('second_owner_name', ''), _negated=True), ('second_owner__isnull', True)), models.Q(('second_key', 'company'), ('second_owner__isnull', True), ('second_owner_email', ''), ('second_owner_name', '')), _connector='OR'), name='remedy_second_owner'), models.CheckConstraint(condition=models.Q(('ends_on__isnull', True), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='remedy_ends_after_start'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'done'), _negated=True), ('ends_on__isnull', False), _connector='OR'), name='remedy_done_has_end'), models.UniqueConstraint(models.F('survey'), models.F('code'), django.db.models.functions.comparison.Least('first_key', 'second_key'), django.db.models.functions.comparison.Greatest('first_key', 'second_key'), condition=models.Q(('state__in', ('planned', 'running'))), name='remedy_not_twice_at_once', violation_error_code='twice', violation_error_message='The same remedy for these two is already planned or running. Change that one.')],
            },
        ),
        migrations.CreateModel(
            name='ScoringFault',
            fields=[
                ('wave', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='+', serialize=False, to='surveys.wave')),
                ('error', models.CharField(max_length=80)),
            ],
        ),
        migrations.CreateModel(
            name='Digest',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('subject', models.CharField(max_length=200)),
                ('text', models.TextField()),
                ('html', models.TextField()),
                ('picture', models.BinaryField()),
                ('recipient', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='digests', to=settings.AUTH_USER_MODEL)),
                ('snapshot', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='digests', to='diagnostics.snapshot')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('snapshot', 'recipient'), name='digest_once')],
            },
        ),
        migrations.CreateModel(
            name='GroupScore',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('key', models.CharField(max_length=64)),
                ('name', models.CharField(max_length=500)),
                ('kind', models.CharField(choices=[('company', 'Company'), ('division', 'Division'), ('group', 'Reporting group')], max_length=8)),
                ('departments', models.JSONField()),
                ('caution', models.BooleanField(default=False)),
                ('parent', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='children', to='diagnostics.groupscore')),
                ('snapshot', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='groups', to='diagnostics.snapshot')),
                ('stage', models.CharField(blank=True, choices=[('calm', 'Calm'), ('blame_ritual', 'Blame ritual'), ('strained', 'Strained'), ('cold', 'Cold'), ('hot', 'Hot')], max_length=12)),
                ('stage_basis', models.JSONField(default=list)),
                ('stage_whole', models.BooleanField(default=False)),
                ('response_low', models.PositiveIntegerField(null=True)),
                ('response_high', models.PositiveIntegerField(null=True)),
                ('response_percent', models.PositiveSmallIntegerField(null=True)),
                ('response_percent_at_least', models.BooleanField(default=False)),
            ],
            options={
                'ordering': ('name',),
                'constraints': [models.UniqueConstraint(fields=('snapshot', 'key'), name='group_score_key_once'), models.UniqueConstraint(condition=models.Q(('kind', 'company')), fields=('snapshot',), name='group_score_one_company'), models.CheckConstraint(condition=models.Q(('kind__in', ['company', 'division', 'group'])), name='group_score_kind_known'), models.CheckConstraint(condition=models.Q(('stage__in', ('', 'calm', 'blame_ritual', 'strained', 'cold', 'hot'))), name='group_score_stage_known'), models.CheckConstraint(condition=models.Q(models.Q(('stage', ''), _negated=True), ('stage_whole', False), _connector='OR'), name='group_score_no_stage_not_whole'), models.CheckConstraint(condition=models.Q(models.Q(('response_high__isnull', True), ('response_low__isnull', True)), models.Q(('response_high__isnull', False), ('response_low__isnull', False), ('response_low__lte', models.F('response_high'))), _connector='OR'), name='group_score_band_whole'), models.CheckConstraint(condition=models.Q(models.Q(('response_percent__isnull', True), ('response_percent_at_least', False)), models.Q(models.Q(('response_high__isnull', False), ('response_low__isnull', False), ('response_low__lte', models.F('response_high'))), ('response_percent__in', range(0, 91, 5)), ('response_percent__isnull', False)), _connector='OR'), name='group_score_rate_of_band'), models.CheckConstraint(condition=models.Q(('response_percent_at_least', False), models.Q(('response_percent', 90), ('response_percent__isnull', False)), _connector='OR'), name='group_score_only_highest_rate_at_least')],
            },
        ),
        migrations.CreateModel(
            name='MethodNote',
            fields=[
                ('snapshot', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='method_note', serialize=False, to='diagnostics.snapshot')),
                ('document', models.JSONField()),
            ],
        ),
        migrations.CreateModel(
            name='PairNode',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('key', models.CharField(max_length=64)),
                ('name', models.CharField(max_length=500)),
                ('kind', models.CharField(choices=[('company', 'Company'), ('division', 'Division'), ('group', 'Reporting group')], max_length=8)),
                ('departments', models.JSONField()),
                ('snapshot', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='pair_nodes', to='diagnostics.snapshot')),
            ],
            options={
                'ordering': ('name',),
                'constraints': [models.UniqueConstraint(fields=('snapshot', 'key'), name='pair_node_key_once'), models.CheckConstraint(condition=models.Q(('kind__in', ['company', 'division', 'group'])), name='pair_node_kind_known')],
            },
        ),
        migrations.CreateModel(
            name='Score',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('measure', models.CharField(max_length=60)),
                ('status', models.CharField(choices=[('published', 'Published'), ('suppressed', 'Suppressed')], max_length=10)),
                ('reason', models.CharField(blank=True, choices=[('too_few', 'too_few'), ('protected', 'protected'), ('not_asked', 'not_asked'), ('legacy', 'legacy')], max_length=12)),
                ('value', models.FloatField(null=True)),
                ('low', models.FloatField(null=True)),
                ('high', models.FloatField(null=True)),
                ('outer_low', models.FloatField(null=True)),
                ('outer_high', models.FloatField(null=True)),
                ('change', models.FloatField(null=True)),
                ('level', models.CharField(blank=True, choices=[('steady', 'Steady'), ('watch', 'Worth watching'), ('at_risk', 'At risk')], max_length=8)),
                ('group', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='scores', to='diagnostics.groupscore')),
                ('raised', models.BooleanField(default=False)),
                ('legacy_reason', models.CharField(blank=True, max_length=120)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('group', 'measure'), name='score_once'), models.CheckConstraint(condition=models.Q(('value__isnull', True), models.Q(('high__gte', models.F('value')), ('low__lte', models.F('value')), ('value__range', (0, 100))), _connector='OR'), name='score_inside_interval'), models.CheckConstraint(condition=models.Q(('status', 'published'), ('raised', False), _connector='OR'), name='score_suppressed_is_not_raised'), models.CheckConstraint(condition=models.Q(models.Q(('reason', ''), ('status', 'published'), ('value__isnull', False)), models.Q(models.Q(('reason', ''), _negated=True), ('change__isnull', True), ('high__isnull', True), ('level', ''), ('low__isnull', True), ('outer_high__isnull', True), ('outer_low__isnull', True), ('status', 'suppressed'), ('value__isnull', True)), _connector='OR'), name='score_suppressed_has_no_figure'), models.CheckConstraint(condition=models.Q(('reason__in', ('', 'too_few', 'protected', 'not_asked', 'legacy'))), name='score_reason_known'), models.CheckConstraint(condition=models.Q(models.Q(('reason', 'legacy'), models.Q(('legacy_reason', ''), _negated=True)), models.Q(models.Q(('reason', 'legacy'), _negated=True), ('legacy_reason', '')), _connector='OR'), name='score_legacy_has_text')],
            },
        ),
        migrations.CreateModel(
            name='PairIndex',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('level', models.CharField(choices=[('group', 'Group to group'), ('division', 'Division to division'), ('everybody', 'Everybody about a group')], max_length=9)),
                ('value', models.PositiveSmallIntegerField()),
                ('low', models.PositiveSmallIntegerField()),
                ('high', models.PositiveSmallIntegerField()),
                ('asymmetry', models.SmallIntegerField()),
                ('asymmetry_low', models.SmallIntegerField()),
                ('asymmetry_high', models.SmallIntegerField()),
                ('model', models.CharField(choices=[('social_relations', 'social_relations'), ('empirical_bayes', 'empirical_bayes')], max_length=20)),
                ('model_reason', models.CharField(blank=True, choices=[('one_by_one', 'one_by_one'), ('too_few_departments', 'too_few_departments'), ('too_few_directions', 'too_few_directions'), ('too_many_directions', 'too_many_directions'), ('not_converged', 'not_converged'), ('legacy', 'legacy')], max_length=20)),
                ('first', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='diagnostics.pairnode')),
                ('second', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='diagnostics.pairnode')),
                ('model_arguments', models.JSONField(blank=True, default=dict)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('level', 'first', 'second'), name='pair_index_once'), models.CheckConstraint(condition=models.Q(('first', models.F('second')), _negated=True), name='pair_index_of_two'), models.CheckConstraint(condition=models.Q(('level__in', ('group', 'division'))), name='pair_index_level_known'), models.CheckConstraint(condition=models.Q(('high__isnull', False), ('low__isnull', False), ('value__isnull', False), ('high__range', (models.F('value'), 95)), ('low__range', (5, models.F('value'))), ('value__range', (5, 95))), name='pair_index_inside_interval'), models.CheckConstraint(condition=models.Q(('asymmetry__range', (-90, 90)), ('asymmetry_high__range', (models.F('asymmetry'), 90)), ('asymmetry_low__range', (-90, models.F('asymmetry')))), name='pair_index_asymmetry_inside'), models.CheckConstraint(condition=models.Q(('model__in', ['social_relations', 'empirical_bayes'])), name='pair_index_model_known'), models.CheckConstraint(condition=models.Q(('model_reason', ''), ('model_reason__in', ['one_by_one', 'too_few_departments', 'too_few_directions', 'too_many_directions', 'not_converged', 'legacy']), _connector='OR'), name='pair_index_model_reason_known')],
            },
        ),
        migrations.CreateModel(
            name='PairScore',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('level', models.CharField(choices=[('group', 'Group to group'), ('division', 'Division to division'), ('everybody', 'Everybody about a group')], max_length=9)),
                ('status', models.CharField(choices=[('published', 'Published'), ('suppressed', 'Suppressed')], max_length=10)),
                ('reason', models.CharField(blank=True, choices=[('too_few', 'too_few'), ('protected', 'protected'), ('not_asked', 'not_asked'), ('legacy', 'legacy')], max_length=12)),
                ('value', models.PositiveSmallIntegerField(null=True)),
                ('low', models.PositiveSmallIntegerField(null=True)),
                ('high', models.PositiveSmallIntegerField(null=True)),
                ('no_contact', models.PositiveSmallIntegerField(null=True)),
                ('no_contact_low', models.PositiveSmallIntegerField(null=True)),
                ('no_contact_high', models.PositiveSmallIntegerField(null=True)),
                ('no_contact_reason', models.CharField(blank=True, choices=[('too_few', 'too_few'), ('protected', 'protected'), ('not_asked', 'not_asked'), ('legacy', 'legacy')], max_length=12)),
                ('model', models.CharField(blank=True, choices=[('social_relations', 'social_relations'), ('empirical_bayes', 'empirical_bayes')], max_length=20)),
                ('model_reason', models.CharField(blank=True, choices=[('one_by_one', 'one_by_one'), ('too_few_departments', 'too_few_departments'), ('too_few_directions', 'too_few_directions'), ('too_many_directions', 'too_many_directions'), ('not_converged', 'not_converged'), ('legacy', 'legacy')], max_length=20)),
                ('rated', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='diagnostics.pairnode')),
                ('rater', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='diagnostics.pairnode')),
                ('legacy_no_contact_reason', models.CharField(blank=True, max_length=120)),
                ('legacy_reason', models.CharField(blank=True, max_length=120)),
                ('model_arguments', models.JSONField(blank=True, default=dict)),
                ('response_low', models.PositiveIntegerField(null=True)),
                ('response_high', models.PositiveIntegerField(null=True)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('level', 'rater', 'rated'), name='pair_score_once'), models.CheckConstraint(condition=models.Q(('level__in', ['group', 'division', 'everybody'])), name='pair_score_level_known'), models.CheckConstraint(condition=models.Q(models.Q(models.Q(('no_contact__isnull', False), ('no_contact_high__isnull', False), ('no_contact_low__isnull', False), ('no_contact__range', (5, 95)), ('no_contact_high__range', (models.F('no_contact'), 95)), ('no_contact_low__range', (5, models.F('no_contact')))), ('no_contact_reason', '')), models.Q(models.Q(('no_contact_reason', ''), _negated=True), ('no_contact__isnull', True), ('no_contact_high__isnull', True), ('no_contact_low__isnull', True)), _connector='OR'), name='pair_score_no_contact_or_reason'), models.CheckConstraint(condition=models.Q(('reason__in', ('', 'too_few', 'protected', 'not_asked', 'legacy')), ('no_contact_reason__in', ('', 'too_few', 'protected', 'not_asked', 'legacy'))), name='pair_score_reasons_known'), models.CheckConstraint(condition=models.Q(models.Q(models.Q(('reason', 'legacy'), models.Q(('legacy_reason', ''), _negated=True)), models.Q(models.Q(('reason', 'legacy'), _negated=True), ('legacy_reason', '')), _connector='OR'), models.Q(models.Q(('no_contact_reason', 'legacy'), models.Q(('legacy_no_contact_reason', ''), _negated=True)), models.Q(models.Q(('no_contact_reason', 'legacy'), _negated=True), ('legacy_no_contact_reason', '')), _connector='OR')), name='pair_score_legacy_has_text'), models.CheckConstraint(condition=models.Q(('model_reason', ''), ('model_reason__in', ['one_by_one', 'too_few_departments', 'too_few_directions', 'too_many_directions', 'not_converged', 'legacy']), _connector='OR'), name='pair_score_model_reason_known'), models.CheckConstraint(condition=models.Q(models.Q(models.Q(('high__isnull', False), ('low__isnull', False), ('value__isnull', False), ('high__range', (models.F('value'), 95)), ('low__range', (5, models.F('value'))), ('value__range', (5, 95))), models.Q(('model__in', ['social_relations', 'empirical_bayes'])), models.Q(('response_high__isnull', False), ('response_low__isnull', False), ('response_low__lte', models.F('response_high'))), ('reason', ''), ('status', 'published')), models.Q(models.Q(('reason', ''), _negated=True), models.Q(('response_high__isnull', True), ('response_low__isnull', True)), ('high__isnull', True), ('low__isnull', True), ('model', ''), ('model_reason', ''), ('no_contact__isnull', True), ('status', 'suppressed'), ('value__isnull', True)), _connector='OR'), name='pair_score_suppressed_has_no_figure')],
            },
        ),
    ]
