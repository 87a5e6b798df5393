import datetime
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('certifications', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Activity',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('class', 'Class or training'), ('workshop', 'Workshop or seminar'), ('webinar', 'Live webinar'), ('self-study', 'Self-study or on-demand course'), ('conference', 'Conference or trade show'), ('college', 'College course'), ('reading', 'Reading or research'), ('field-time', 'Field time'), ('meeting', 'Society meeting'), ('membership', 'Society membership'), ('committee', 'Committee or task force'), ('office', 'Elected or appointed office'), ('teaching', 'Teaching a class'), ('presentation', 'Technical presentation'), ('career-day', 'Career Day presenter'), ('mentoring', 'Mentoring'), ('authoring', 'Writing or publishing'), ('exam-writing', 'Helping to write an exam'), ('exam', 'Exam passed'), ('upgrade', 'Passed a higher level'), ('certification', 'Earned another certification'), ('special-exam', 'Special recertification exam'), ('assessment', 'Renewal assessment'), ('volunteering', 'Volunteering'), ('project', 'Project participation'), ('other', 'Other')], max_length=20)),
                ('type', models.CharField(blank=True, default='', max_length=80)),
                ('title', models.CharField(max_length=200)),
                ('since', models.DateField(blank=True, null=True)),
                ('on', models.DateField()),
                ('amount', models.PositiveIntegerField()),
                ('unit', models.CharField(choices=[('hour', 'hours'), ('minute', 'minutes'), ('day', 'days'), ('month', 'months'), ('ceu', 'CEUs'), ('semester-credit', 'semester credits'), ('quarter-credit', 'quarter credits'), ('each', 'times'), ('point', 'points on the certificate')], default='hour', max_length=16)),
                ('share', models.PositiveSmallIntegerField(default=100)),
                ('provider', models.CharField(blank=True, default='', max_length=160)),
                ('format', models.CharField(blank=True, choices=[('in-person', 'In person'), ('live-online', 'Live online'), ('on-demand', 'On demand'), ('blended', 'Blended'), ('nano', 'Nano learning')], default='', max_length=12)),
                ('role', models.CharField(blank=True, choices=[('attendee', 'Attendee'), ('member', 'Member'), ('chair', 'Chair'), ('officer', 'Officer'), ('author', 'Author'), ('instructor', 'Instructor'), ('preparer', 'Prepared it')], default='', max_length=12)),
                ('reach', models.CharField(blank=True, choices=[('local', 'Local'), ('regional', 'Regional'), ('national', 'National')], default='', max_length=10)),
                ('topics', models.JSONField(blank=True, default=list)),
                ('course', models.CharField(blank=True, default='', max_length=120)),
                ('above_level', models.BooleanField(blank=True, null=True)),
                ('link', models.URLField(blank=True, default='', max_length=500)),
                ('note', models.TextField(blank=True, default='', max_length=4000)),
                ('keep_both', models.BooleanField(default=False)),
                ('nonce', models.UUIDField()),
                ('version', models.PositiveIntegerField(default=1)),
                ('logged_at', models.DateTimeField()),
                ('changed_at', models.DateTimeField()),
                ('deleted_at', models.DateTimeField(blank=True, null=True)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='activities', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='Claim',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('chosen_category', models.CharField(blank=True, default='', max_length=60)),
                ('relevant', models.BooleanField(default=True)),
                ('asked', models.PositiveIntegerField(default=0)),
                ('counted', models.PositiveIntegerField(default=0)),
                ('category', models.CharField(blank=True, default='', max_length=60)),
                ('category_name', models.CharField(blank=True, default='', max_length=160)),
                ('reason', models.CharField(blank=True, default='', max_length=24)),
                ('reason_text', models.TextField(blank=True, default='')),
                ('activity', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='claims', to='activities.activity')),
                ('held', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='claims', to='certifications.heldcertification')),
                ('period', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='claims', to='certifications.renewalperiod')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='claims', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='Evidence',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('staged', 'Staged'), ('stored', 'Stored')], default='staged', max_length=6)),
                ('name', models.CharField(max_length=160)),
                ('media_type', models.CharField(max_length=40)),
                ('sha256', models.CharField(blank=True, default='', max_length=64)),
                ('size', models.PositiveBigIntegerField(default=0)),
                ('uploaded_at', models.DateTimeField()),
                ('removed_at', models.DateTimeField(blank=True, null=True)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='evidence', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='EvidenceLink',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('activity', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='evidence_links', to='activities.activity')),
                ('evidence', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='links', to='activities.evidence')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.AddField(
            model_name='evidence',
            name='activities',
            field=models.ManyToManyField(related_name='evidence', through='activities.EvidenceLink', to='activities.activity'),
        ),
        migrations.AddIndex(
            model_name='activity',
            index=models.Index(fields=['user', '-on', '-id'], name='activity_of_user_by_date'),
        ),
        migrations.AddConstraint(
            model_name='activity',
            constraint=models.UniqueConstraint(fields=('user', 'nonce'), name='activity_form_stored_once'),
        ),
        migrations.AddConstraint(
            model_name='activity',
            constraint=models.UniqueConstraint(fields=('id', 'user'), name='activity_with_user'),
        ),
        migrations.AddConstraint(
            model_name='activity',
            constraint=models.CheckConstraint(condition=models.Q(('amount__gte', 1), ('amount__lte', 1000000)), name='activity_amount_sane'),
        ),
        migrations.AddConstraint(
            model_name='activity',
            constraint=models.CheckConstraint(condition=models.Q(('share__gte', 1), ('share__lte', 100)), name='activity_share_percent'),
        ),
        migrations.AddConstraint(
            model_name='activity',
            constraint=models.CheckConstraint(condition=models.Q(('on__gte', datetime.date(1950, 1, 1)), ('on__lte', datetime.date(2199, 12, 31))), name='activity_date_sane'),
        ),
        migrations.AddConstraint(
            model_name='activity',
            constraint=models.CheckConstraint(condition=models.Q(('since', None), models.Q(('since__gte', datetime.date(1950, 1, 1)), ('since__lte', models.F('on'))), _connector='OR'), name='activity_ends_after_start'),
        ),
        migrations.AddConstraint(
            model_name='activity',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['class', 'workshop', 'webinar', 'self-study', 'conference', 'college', 'reading', 'field-time', 'meeting', 'membership', 'committee', 'office', 'teaching', 'presentation', 'career-day', 'mentoring', 'authoring', 'exam-writing', 'exam', 'upgrade', 'certification', 'special-exam', 'assessment', 'volunteering', 'project', 'other'])), name='activity_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='activity',
            constraint=models.CheckConstraint(condition=models.Q(('unit__in', ['hour', 'minute', 'day', 'month', 'ceu', 'semester-credit', 'quarter-credit', 'each', 'point'])), name='activity_unit_known'),
        ),
        migrations.AddConstraint(
            model_name='activity',
            constraint=models.CheckConstraint(condition=models.Q(('title', ''), _negated=True), name='activity_titled'),
        ),
        migrations.AddConstraint(
            model_name='claim',
            constraint=models.UniqueConstraint(fields=('activity', 'held'), name='claim_once_for_a_certification'),
        ),
        migrations.AddConstraint(
            model_name='claim',
            constraint=models.CheckConstraint(condition=models.Q(('counted__lte', models.F('asked'))), name='claim_counts_at_most_what_it_asks'),
        ),
        migrations.AddConstraint(
            model_name='claim',
            constraint=models.CheckConstraint(condition=models.Q(('asked__lte', 100000000)), name='claim_asked_sane'),
        ),
        migrations.AddConstraint(
            model_name='claim',
            constraint=models.CheckConstraint(condition=models.Q(('counted', 0), ('period__isnull', False), _connector='OR'), name='claim_counts_in_a_period'),
        ),
        migrations.AddConstraint(
            model_name='evidencelink',
            constraint=models.UniqueConstraint(fields=('evidence', 'activity'), name='evidence_linked_once'),
        ),
        migrations.AddConstraint(
            model_name='evidence',
            constraint=models.CheckConstraint(condition=models.Q(('state', 'staged'), models.Q(('sha256__regex', '^[0-9a-f]{64}$'), ('size__gt', 0)), _connector='OR'), name='evidence_stored_has_bytes'),
        ),
        migrations.AddConstraint(
            model_name='evidence',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['staged', 'stored'])), name='evidence_state_known'),
        ),
        migrations.AddConstraint(
            model_name='evidence',
            constraint=models.UniqueConstraint(fields=('id', 'user'), name='evidence_with_user'),
        ),
    ]
