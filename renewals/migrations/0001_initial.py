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
            name='PlannedActivity',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=20)),
                ('since', models.DateField(blank=True, null=True)),
                ('on', models.DateField()),
                ('amount', models.PositiveIntegerField()),
                ('unit', models.CharField(max_length=16)),
                ('share', models.PositiveSmallIntegerField(default=100)),
                ('saved_at', models.DateTimeField()),
                ('held', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='planned', to='certifications.heldcertification')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['held', 'on', 'id'],
                'constraints': [models.CheckConstraint(condition=models.Q(('amount__gte', 1), ('amount__lte', 1000000)), name='plan_amount_sane'), models.CheckConstraint(condition=models.Q(('share__gte', 1), ('share__lte', 100)), name='plan_share_percent'), models.CheckConstraint(condition=models.Q(('since', None), ('since__lte', models.F('on')), _connector='OR'), name='plan_ends_after_start')],
            },
        ),
        migrations.CreateModel(
            name='Reminder',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('stage', models.CharField(max_length=30)),
                ('channel', models.CharField(choices=[('email', 'E-mail'), ('in-app', 'In the app')], default='email', max_length=8)),
                ('due_on', models.DateField()),
                ('state', models.CharField(choices=[('pending', 'Pending'), ('claimed', 'Claimed'), ('handing', 'Handing over'), ('retry', 'Retry'), ('sent', 'Sent'), ('failed', 'Failed'), ('uncertain', 'Uncertain'), ('dropped', 'Dropped')], default='pending', max_length=10)),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('retry_at', models.DateTimeField(blank=True, null=True)),
                ('lease_token', models.UUIDField(blank=True, null=True)),
                ('lease_until', models.DateTimeField(blank=True, null=True)),
                ('message_id', models.CharField(blank=True, default='', max_length=200)),
                ('sent_at', models.DateTimeField(blank=True, null=True)),
                ('error', models.CharField(blank=True, default='', max_length=500)),
                ('planned_at', models.DateTimeField()),
                ('period', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reminders', to='certifications.renewalperiod')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reminders', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['state', 'due_on', 'id'], name='reminder_due')],
                'constraints': [models.UniqueConstraint(fields=('period', 'stage', 'user', 'channel'), name='reminder_once'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'sent'), _negated=True), models.Q(('sent_at__isnull', False), models.Q(('message_id', ''), _negated=True)), _connector='OR'), name='reminder_sent_has_time_and_id'), models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['claimed', 'handing']), _negated=True), models.Q(('lease_token__isnull', False), ('lease_until__isnull', False)), _connector='OR'), name='reminder_claimed_has_lease'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'retry'), _negated=True), ('retry_at__isnull', False), _connector='OR'), name='reminder_retry_has_time'), models.CheckConstraint(condition=models.Q(('state__in', ['pending', 'claimed', 'handing', 'retry', 'sent', 'failed', 'uncertain', 'dropped'])), name='reminder_state_known')],
            },
        ),
        migrations.CreateModel(
            name='Standing',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('word', models.CharField(choices=[('lapsed', 'Lapsed'), ('due', 'Due'), ('at-risk', 'At risk'), ('on-track', 'On track')], max_length=10)),
                ('complete', models.BooleanField(default=False)),
                ('counted', models.PositiveIntegerField()),
                ('needed', models.PositiveIntegerField()),
                ('asked', models.PositiveIntegerField()),
                ('forecast', models.PositiveIntegerField(blank=True, null=True)),
                ('short', models.PositiveIntegerField(default=0)),
                ('ends_on', models.DateField(blank=True, null=True)),
                ('summary', models.JSONField(default=dict)),
                ('counted_at', models.DateTimeField()),
                ('held', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='standing', to='certifications.heldcertification')),
                ('period', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='certifications.renewalperiod')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='standings', to=settings.AUTH_USER_MODEL)),
                ('version', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='certifications.rulesetversion')),
            ],
            options={
                'indexes': [models.Index(fields=['user', 'word', 'ends_on', 'held'], name='standing_of_user')],
                'constraints': [models.CheckConstraint(condition=models.Q(('word__in', ['lapsed', 'due', 'at-risk', 'on-track'])), name='standing_word_known')],
            },
        ),
    ]
