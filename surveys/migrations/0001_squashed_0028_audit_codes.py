"""What all migrations so far make, in one step: a new database takes this one, an older one what it has not had."""

import django.core.validators
import django.db.models.deletion
import django.db.models.functions.text
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [
        ('surveys', '0001_initial'),
        ('surveys', '0002_pool_choices'),
        ('surveys', '0003_lost_keys'),
        ('surveys', '0004_participation'),
        ('surveys', '0005_imported_waves'),
        ('surveys', '0006_audit_runs'),
        ('surveys', '0007_trustees'),
        ('surveys', '0008_purged_answers'),
        ('surveys', '0009_key_proofs'),
        ('surveys', '0010_min_group_size'),
        ('surveys', '0011_abandoned_waves'),
        ('surveys', '0012_mail_problems'),
        ('surveys', '0013_audit_verdicts'),
        ('surveys', '0014_group_reason_codes'),
        ('surveys', '0015_audit_places'),
        ('surveys', '0016_reminded_zones'),
        ('surveys', '0017_last_asked'),
        ('surveys', '0018_asked_before'),
        ('surveys', '0019_mail_server'),
        ('surveys', '0020_comments'),
        ('surveys', '0021_redact_comments'),
        ('surveys', '0022_rewrite_comments'),
        ('surveys', '0023_column_names'),
        ('surveys', '0024_came_from'),
        ('surveys', '0025_titles_and_ids'),
        ('surveys', '0026_mail_address'),
        ('surveys', '0027_delivered_addresses'),
        ('surveys', '0028_audit_codes'),
    ]

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='AuditRun',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ended_at', models.DateTimeField()),
                ('version', models.CharField(max_length=20)),
                ('verdict', models.CharField(choices=[('passed', 'Passed'), ('failed', 'Failed')], max_length=6)),
                ('report', models.JSONField()),
            ],
            options={
                'ordering': ('-ended_at', '-id'),
                'constraints': [models.CheckConstraint(condition=models.Q(('verdict__in', ['passed', 'failed'])), name='audit_run_verdict_known')],
            },
        ),
        migrations.CreateModel(
            name='Department',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120, unique=True)),
                ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='children', to='surveys.department')),
                ('stable_id', models.CharField(blank=True, max_length=64)),
                ('title', models.CharField(blank=True, max_length=120)),
            ],
            options={
                'ordering': ('name',),
                'constraints': [models.CheckConstraint(condition=models.Q(('parent', models.F('id')), _negated=True), name='department_not_own_parent'), models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='department_has_name'), models.UniqueConstraint(condition=models.Q(('stable_id', ''), _negated=True), fields=('stable_id',), name='department_stable_id_once')],
            },
        ),
        migrations.CreateModel(
            name='ColumnName',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('header', models.CharField(max_length=200, unique=True)),
                ('column', models.CharField(blank=True, max_length=40)),
            ],
            options={
                'ordering': ('header',),
                'constraints': [models.CheckConstraint(condition=models.Q(('header', ''), _negated=True), name='column_name_has_header')],
            },
        ),
        migrations.CreateModel(
            name='StaffUser',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('email', models.EmailField(max_length=254, unique=True)),
                ('name', models.CharField(max_length=200)),
                ('role', models.CharField(choices=[('hr', 'HR'), ('leader', 'Leadership'), ('auditor', 'Auditor')], max_length=8)),
                ('language', models.CharField(choices=[('en', 'English'), ('ru', 'Русский')], default='en', max_length=8)),
                ('receives_digest', models.BooleanField(default=True)),
                ('is_active', models.BooleanField(default=True)),
                ('departments', models.ManyToManyField(blank=True, related_name='+', to='surveys.department')),
            ],
            options={
                'ordering': ('email',),
                'constraints': [models.CheckConstraint(condition=models.Q(('email', django.db.models.functions.text.Lower('email'))), name='staff_email_lower_case'), models.CheckConstraint(condition=models.Q(('role__in', ['hr', 'leader', 'auditor'])), name='staff_role_known')],
            },
        ),
        migrations.CreateModel(
            name='Instrument',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(max_length=60)),
                ('version', models.PositiveIntegerField()),
                ('document', models.JSONField()),
            ],
            options={
                'ordering': ('code', 'version'),
                'constraints': [models.UniqueConstraint(fields=('code', 'version'), name='instrument_version_once'), models.CheckConstraint(condition=models.Q(('version__gte', 1)), name='instrument_version_from_one')],
            },
        ),
        migrations.CreateModel(
            name='MailServer',
            fields=[
                ('id', models.PositiveSmallIntegerField(default=1, editable=False, primary_key=True, serialize=False)),
                ('problem', models.CharField(blank=True, choices=[('unfinished', 'Its sending did not end'), ('not_due', 'No longer due'), ('unwritable', 'Cannot be written as a mail'), ('no_recipient', 'Without a recipient'), ('not_composed', 'Cannot be composed'), ('recipient_refused', 'Recipient refused'), ('server_refused', 'Refused by the mail server'), ('connection_lost', 'Connection to the mail server lost'), ('legacy', 'Other')], max_length=20)),
                ('reply', models.CharField(blank=True, max_length=80)),
                ('since', models.DateTimeField(null=True)),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('retry_at', models.DateTimeField(null=True)),
                ('per_minute', models.PositiveIntegerField(null=True)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('id', 1)), name='mail_server_one_row'), models.CheckConstraint(condition=models.Q(('problem__in', ['', 'unfinished', 'not_due', 'unwritable', 'no_recipient', 'not_composed', 'recipient_refused', 'server_refused', 'connection_lost', 'legacy'])), name='mail_server_problem_known'), models.CheckConstraint(condition=models.Q(('problem', ''), ('since__isnull', False), _connector='XOR'), name='mail_server_since'), models.CheckConstraint(condition=models.Q(('per_minute', 0), _negated=True), name='mail_server_pace')],
            },
        ),
        migrations.CreateModel(
            name='Collaboration',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('rank', models.PositiveSmallIntegerField(default=1)),
                ('counterpart', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='surveys.department')),
                ('department', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='collaborations', to='surveys.department')),
            ],
            options={
                'ordering': ('department', 'rank', 'id'),
                'constraints': [models.UniqueConstraint(fields=('department', 'counterpart'), name='collaboration_once'), models.CheckConstraint(condition=models.Q(('department', models.F('counterpart')), _negated=True), name='collaboration_with_another')],
            },
        ),
        migrations.CreateModel(
            name='Employee',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('email', models.EmailField(max_length=254, unique=True)),
                ('name', models.CharField(max_length=200)),
                ('language', models.CharField(choices=[('en', 'English'), ('ru', 'Русский')], default='en', max_length=8)),
                ('time_zone', models.CharField(blank=True, max_length=64)),
                ('site', models.CharField(blank=True, max_length=120)),
                ('is_head', models.BooleanField(default=False)),
                ('on_leave', models.BooleanField(default=False)),
                ('active', models.BooleanField(default=True)),
                ('department', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='employees', to='surveys.department')),
                ('employee_id', models.CharField(blank=True, max_length=64)),
            ],
            options={
                'ordering': ('email',),
                'constraints': [models.CheckConstraint(condition=models.Q(('email', django.db.models.functions.text.Lower('email'))), name='employee_email_lower_case'), models.CheckConstraint(condition=models.Q(('language__in', ['en', 'ru'])), name='employee_language_known'), models.UniqueConstraint(condition=models.Q(('employee_id', ''), _negated=True), fields=('employee_id',), name='employee_id_once')],
            },
        ),
        migrations.CreateModel(
            name='Survey',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120, unique=True)),
                ('cadence', models.CharField(choices=[('four_weekly', 'Every four weeks'), ('monthly', 'Monthly'), ('quarterly', 'Quarterly'), ('own', 'Own rule')], default='monthly', max_length=12)),
                ('rule', models.CharField(blank=True, max_length=200)),
                ('first_opens_on', models.DateField()),
                ('opening_hour', models.PositiveSmallIntegerField(default=9, validators=[django.core.validators.MaxValueValidator(23)])),
                ('days_open', models.PositiveSmallIntegerField(default=7, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(60)])),
                ('reminders', models.PositiveSmallIntegerField(default=2, validators=[django.core.validators.MaxValueValidator(2)])),
                ('paused', models.BooleanField(default=False)),
                ('audience', models.ManyToManyField(blank=True, related_name='+', to='surveys.department')),
                ('instrument', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='surveys', to='surveys.instrument')),
                ('target_percent', models.PositiveSmallIntegerField(default=60, validators=[django.core.validators.MinValueValidator(30), django.core.validators.MaxValueValidator(90)])),
                ('min_group_size', models.PositiveSmallIntegerField(default=5, validators=[django.core.validators.MinValueValidator(5), django.core.validators.MaxValueValidator(100)])),
            ],
            options={
                'ordering': ('name',),
                'constraints': [models.CheckConstraint(condition=models.Q(('cadence__in', ['four_weekly', 'monthly', 'quarterly', 'own'])), name='survey_cadence_known'), models.CheckConstraint(condition=models.Q(models.Q(('cadence', 'own'), models.Q(('rule', ''), _negated=True)), models.Q(models.Q(('cadence', 'own'), _negated=True), ('rule', '')), _connector='OR'), name='survey_rule_if_own'), models.CheckConstraint(condition=models.Q(('opening_hour__lte', 23)), name='survey_opening_hour'), models.CheckConstraint(condition=models.Q(('days_open__range', (1, 60))), name='survey_days_open'), models.CheckConstraint(condition=models.Q(('reminders__lte', 2)), name='survey_reminders'), models.CheckConstraint(condition=models.Q(('target_percent__range', (30, 90))), name='survey_target_percent'), models.CheckConstraint(condition=models.Q(('min_group_size__gte', 5)), name='survey_min_group_size')],
            },
        ),
        migrations.CreateModel(
            name='PoolChoice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('pool', models.PositiveIntegerField()),
                ('opened', models.BooleanField(default=False)),
                ('department', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='surveys.department')),
                ('survey', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='pool_choices', to='surveys.survey')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('survey', 'department'), name='pool_choice_once'), models.CheckConstraint(condition=models.Q(('pool__gte', 1)), name='pool_choice_number')],
            },
        ),
        migrations.CreateModel(
            name='TrusteeKey',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_key', models.BinaryField()),
                ('secret', models.BinaryField()),
                ('salt', models.BinaryField()),
                ('opslimit', models.PositiveIntegerField()),
                ('memlimit', models.PositiveIntegerField()),
                ('survey', models.OneToOneField(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='trustee_key', to='surveys.survey')),
                ('key_proof', models.BinaryField()),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('public_key__length', 32)), name='trustee_public_key_length'), models.CheckConstraint(condition=models.Q(('secret__length', 72)), name='trustee_secret_length'), models.CheckConstraint(condition=models.Q(('salt__length', 16)), name='trustee_salt_length'), models.CheckConstraint(condition=models.Q(('opslimit__range', (1, 100))), name='trustee_opslimit'), models.CheckConstraint(condition=models.Q(('memlimit__range', (8192, 2147483647))), name='trustee_memlimit'), models.CheckConstraint(condition=models.Q(('key_proof__length', 32)), name='trustee_key_proof_length')],
            },
        ),
        migrations.CreateModel(
            name='Wave',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('number', models.PositiveIntegerField()),
                ('state', models.CharField(choices=[('planned', 'Planned'), ('opening', 'Opening'), ('open', 'Open'), ('closing', 'Closing'), ('closed', 'Closed'), ('abandoned', 'Abandoned')], default='planned', max_length=9)),
                ('opens_at', models.DateTimeField()),
                ('closes_at', models.DateTimeField()),
                ('questionnaire', models.JSONField(default=dict)),
                ('public_key', models.BinaryField(null=True)),
                ('reminded', models.PositiveSmallIntegerField(default=0)),
                ('shuffled_on', models.DateField(null=True)),
                ('response_percent', models.PositiveSmallIntegerField(null=True)),
                ('unreadable', models.PositiveIntegerField(default=0)),
                ('instrument', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='waves', to='surveys.instrument')),
                ('survey', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='waves', to='surveys.survey')),
                ('ballots_lost', models.PositiveIntegerField(default=0)),
                ('key_lost', models.BooleanField(default=False)),
                ('target_percent', models.PositiveSmallIntegerField(default=60)),
                ('imported_for', models.DateField(null=True)),
                ('passphrase_box', models.BinaryField(null=True)),
                ('release_key', models.BinaryField(null=True)),
                ('trustee_key', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='waves', to='surveys.trusteekey')),
                ('answers_purged', models.BooleanField(default=False)),
                ('key_proof', models.BinaryField(null=True)),
                ('min_group_size', models.PositiveSmallIntegerField(default=5)),
                ('reminded_zones', models.JSONField(default=dict)),
                ('planned_on', models.DateField(null=True)),
            ],
            options={
                'ordering': ('-opens_at', '-number'),
                'constraints': [models.UniqueConstraint(fields=('survey', 'number'), name='wave_number_once'), models.UniqueConstraint(condition=models.Q(('state__in', ('opening', 'open', 'closing'))), fields=('survey',), name='wave_one_running'), models.UniqueConstraint(condition=models.Q(('state', 'planned')), fields=('survey',), name='wave_one_planned'), models.CheckConstraint(condition=models.Q(('closes_at__gt', models.F('opens_at'))), name='wave_closes_after_opening'), models.CheckConstraint(condition=models.Q(('response_percent__isnull', True), ('response_percent__lte', 100), _connector='OR'), name='wave_response_percent'), models.CheckConstraint(condition=models.Q(('public_key__isnull', True), ('public_key__length', 32), _connector='OR'), name='wave_public_key_length'), models.CheckConstraint(condition=models.Q(models.Q(('state__in', ('open', 'closing')), _negated=True), models.Q(('instrument__isnull', False), ('public_key__isnull', False)), _connector='OR'), name='wave_open_has_key_and_instrument'), models.CheckConstraint(condition=models.Q(('key_lost', False), ('state__in', ('open', 'closing')), _connector='OR'), name='wave_key_lost_while_sealed'), models.CheckConstraint(condition=models.Q(('target_percent__range', (30, 90))), name='wave_target_percent'), models.UniqueConstraint(fields=('survey', 'imported_for'), name='wave_imported_once'), models.CheckConstraint(condition=models.Q(('imported_for__isnull', True), ('state', 'closed'), _connector='OR'), name='wave_imported_is_closed'), models.CheckConstraint(condition=models.Q(models.Q(('release_key__isnull', True), ('trustee_key__isnull', True)), models.Q(('release_key__isnull', False), ('release_key__length', 32), ('trustee_key__isnull', False)), _connector='OR'), name='wave_release_key_with_trustee'), models.CheckConstraint(condition=models.Q(('passphrase_box__isnull', True), models.Q(('passphrase_box__length', 1072), ('state', 'closing'), ('trustee_key__isnull', False)), _connector='OR'), name='wave_passphrase_box_while_closing'), models.CheckConstraint(condition=models.Q(('answers_purged', False), ('state', 'closed'), _connector='OR'), name='wave_purged_is_closed'), models.CheckConstraint(condition=models.Q(models.Q(('key_proof__isnull', True), ('public_key__isnull', True)), models.Q(('key_proof__isnull', False), ('key_proof__length', 32), ('public_key__isnull', False)), _connector='OR'), name='wave_key_has_proof'), models.CheckConstraint(condition=models.Q(('min_group_size__gte', 5)), name='wave_min_group_size'), models.CheckConstraint(condition=models.Q(('state__in', ['planned', 'opening', 'open', 'closing', 'closed', 'abandoned'])), name='wave_state_known'), models.CheckConstraint(condition=models.Q(('ballots_lost', 0), ('state', 'abandoned'), _connector='OR'), name='wave_ballots_lost_if_abandoned')],
            },
        ),
        migrations.CreateModel(
            name='Comment',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('text', models.TextField()),
                ('division', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='surveys.department')),
                ('wave', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='comments', to='surveys.wave')),
                ('hidden', models.BooleanField(default=False)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='comment_has_text')],
            },
        ),
        migrations.CreateModel(
            name='CommentHiding',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reason', models.CharField(choices=[('insult', 'Insult or slander'), ('threat', 'Threat'), ('discrimination', 'Discrimination or incitement'), ('personal_data', 'Personal data of somebody'), ('other', 'Another law')], max_length=16)),
                ('note', models.CharField(max_length=300)),
                ('hidden_at', models.DateTimeField()),
                ('division', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='surveys.department')),
                ('staff', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('wave', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='hidings', to='surveys.wave')),
            ],
            options={
                'ordering': ('-hidden_at', '-id'),
                'constraints': [models.CheckConstraint(condition=models.Q(('reason__in', ['insult', 'threat', 'discrimination', 'personal_data', 'other'])), name='hiding_reason_known'), models.CheckConstraint(condition=models.Q(('note', ''), _negated=True), name='hiding_has_note')],
            },
        ),
        migrations.CreateModel(
            name='Mail',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('invitation', 'Invitation'), ('reminder', 'Reminder'), ('digest', 'Digest'), ('trustee', 'Passphrase wanted')], max_length=12)),
                ('key', models.CharField(max_length=80)),
                ('state', models.CharField(choices=[('queued', 'Queued'), ('sending', 'Sending'), ('deferred', 'Deferred'), ('sent', 'Sent'), ('failed', 'Failed')], default='queued', max_length=8)),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('retry_at', models.DateTimeField(null=True)),
                ('problem', models.CharField(blank=True, choices=[('unfinished', 'Its sending did not end'), ('not_due', 'No longer due'), ('unwritable', 'Cannot be written as a mail'), ('no_recipient', 'Without a recipient'), ('not_composed', 'Cannot be composed'), ('recipient_refused', 'Recipient refused'), ('server_refused', 'Refused by the mail server'), ('connection_lost', 'Connection to the mail server lost'), ('legacy', 'Other')], max_length=20)),
                ('employee', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='mails', to='surveys.employee')),
                ('staff', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='mails', to=settings.AUTH_USER_MODEL)),
                ('wave', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='mails', to='surveys.wave')),
                ('reply', models.CharField(blank=True, max_length=80)),
                ('address', models.EmailField(blank=True, max_length=254)),
            ],
            options={
                'indexes': [models.Index(fields=['state'], name='mail_state')],
                'constraints': [models.UniqueConstraint(fields=('kind', 'key'), name='mail_once'), models.CheckConstraint(condition=models.Q(('state__in', ['queued', 'sending', 'deferred', 'sent', 'failed'])), name='mail_state_known'), models.CheckConstraint(condition=models.Q(models.Q(('employee__isnull', False), ('staff__isnull', True)), models.Q(('employee__isnull', True), ('staff__isnull', False)), _connector='OR'), name='mail_one_recipient'), models.CheckConstraint(condition=models.Q(('kind__in', ['invitation', 'reminder', 'digest', 'trustee'])), name='mail_kind_known'), models.CheckConstraint(condition=models.Q(('problem__in', ['', 'unfinished', 'not_due', 'unwritable', 'no_recipient', 'not_composed', 'recipient_refused', 'server_refused', 'connection_lost', 'legacy'])), name='mail_problem_known')],
            },
        ),
        migrations.CreateModel(
            name='ReportingGroup',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('key', models.CharField(max_length=64)),
                ('name', models.CharField(max_length=500)),
                ('departments', models.JSONField()),
                ('people', models.PositiveIntegerField(null=True)),
                ('division', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='surveys.department')),
                ('merged_into', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='merged', to='surveys.reportinggroup')),
                ('parent', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='surveys.department')),
                ('wave', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='groups', to='surveys.wave')),
                ('reasons', models.JSONField(default=list)),
                ('at_target', models.BooleanField(null=True)),
                ('came_from', models.JSONField(default=list)),
            ],
            options={
                'ordering': ('name',),
                'constraints': [models.UniqueConstraint(fields=('wave', 'key'), name='group_key_once'), models.CheckConstraint(condition=models.Q(('merged_into', models.F('id')), _negated=True), name='group_not_merged_into_itself'), models.CheckConstraint(condition=models.Q(('at_target__isnull', True), ('people__gte', 10), _connector='OR'), name='group_target_of_large_ones')],
            },
        ),
        migrations.CreateModel(
            name='SealedBallot',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('box', models.BinaryField()),
                ('wave', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='sealed_ballots', to='surveys.wave')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('box__length', 4656)), name='sealed_ballot_one_size')],
            },
        ),
        migrations.CreateModel(
            name='WithheldComments',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('count', models.PositiveIntegerField()),
                ('division', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='surveys.department')),
                ('wave', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='withheld', to='surveys.wave')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('wave', 'division'), name='withheld_once'), models.UniqueConstraint(condition=models.Q(('division__isnull', True)), fields=('wave',), name='withheld_company_once'), models.CheckConstraint(condition=models.Q(('count__gte', 1)), name='withheld_some')],
            },
        ),
        migrations.CreateModel(
            name='CounterpartRating',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('answers', models.BinaryField()),
                ('counterpart', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='surveys.department')),
                ('division', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='surveys.department')),
                ('group', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='ratings', to='surveys.reportinggroup')),
                ('wave', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='ratings', to='surveys.wave')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('division__isnull', True), ('group__isnull', False)), models.Q(('division__isnull', False), ('group__isnull', True)), _connector='OR'), name='rating_by_group_or_division')],
            },
        ),
        migrations.CreateModel(
            name='Invitation',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('token_hash', models.BinaryField(unique=True)),
                ('answered', models.BooleanField(default=False)),
                ('employee', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='invitations', to='surveys.employee')),
                ('group', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='invitations', to='surveys.reportinggroup')),
                ('wave', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='invitations', to='surveys.wave')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('wave', 'employee'), name='invitation_once'), models.CheckConstraint(condition=models.Q(('token_hash__length', 32)), name='invitation_token_hash_length')],
            },
        ),
        migrations.CreateModel(
            name='LastAsked',
            fields=[
                ('employee', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='last_asked', serialize=False, to='surveys.employee')),
                ('day', models.DateField()),
                ('period', models.PositiveSmallIntegerField()),
                ('group', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='surveys.reportinggroup')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('period__in', (28, 84))), name='last_asked_period_known')],
            },
        ),
        migrations.CreateModel(
            name='Response',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('answers', models.BinaryField()),
                ('group', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='responses', to='surveys.reportinggroup')),
                ('wave', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='responses', to='surveys.wave')),
            ],
        ),
        migrations.AddField(
            model_name='department',
            name='counterparts',
            field=models.ManyToManyField(through='surveys.Collaboration', through_fields=('department', 'counterpart'), to='surveys.department'),
        ),
    ]
