import datetime
import django.contrib.postgres.constraints
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Body',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(max_length=60, unique=True)),
                ('name', models.CharField(max_length=160)),
                ('full_name', models.CharField(blank=True, default='', max_length=200)),
                ('trade', models.CharField(max_length=160)),
                ('url', models.URLField(blank=True, default='', max_length=500)),
                ('meaning', models.TextField(blank=True, default='')),
                ('checked_on', models.DateField()),
                ('confidence', models.CharField(choices=[('body', "Read on the certifying body's own page"), ('copy', "Read in a copy of the certifying body's text"), ('secondary', 'Read on another site'), ('unverified', 'Not verified')], default='body', max_length=10)),
            ],
        ),
        migrations.CreateModel(
            name='Certification',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(max_length=80)),
                ('name', models.CharField(max_length=160)),
                ('short', models.CharField(max_length=12)),
                ('kind', models.CharField(choices=[('certification', 'Certification'), ('licence', 'Licence'), ('micro-credential', 'Micro-credential')], default='certification', max_length=20)),
                ('field', models.CharField(blank=True, default='', max_length=160)),
                ('specialty', models.CharField(blank=True, default='', max_length=160)),
                ('meaning', models.TextField(blank=True, default='')),
                ('url', models.URLField(blank=True, default='', max_length=500)),
                ('body', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='certifications', to='certifications.body')),
                ('owner', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='own_certifications', to=settings.AUTH_USER_MODEL)),
                ('related', models.ManyToManyField(blank=True, to='certifications.certification')),
            ],
        ),
        migrations.CreateModel(
            name='Level',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField()),
                ('code', models.CharField(max_length=40)),
                ('name', models.CharField(max_length=160)),
                ('meaning', models.TextField(blank=True, default='')),
                ('needs', models.TextField(blank=True, default='')),
                ('certification', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='levels', to='certifications.certification')),
            ],
            options={
                'ordering': ['certification', 'position'],
            },
        ),
        migrations.CreateModel(
            name='HeldCertification',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.CharField(blank=True, default='', max_length=60)),
                ('awarded_on', models.DateField(blank=True, null=True)),
                ('facts', models.JSONField(blank=True, default=dict)),
                ('plain_need', models.PositiveIntegerField(blank=True, null=True)),
                ('added_at', models.DateTimeField()),
                ('removed_at', models.DateTimeField(blank=True, null=True)),
                ('certification', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='held', to='certifications.certification')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='held', to=settings.AUTH_USER_MODEL)),
                ('level', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='held', to='certifications.level')),
            ],
        ),
        migrations.CreateModel(
            name='RuleSet',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(max_length=80, unique=True)),
                ('name', models.CharField(max_length=160)),
                ('body', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='rule_sets', to='certifications.body')),
                ('certifications', models.ManyToManyField(blank=True, related_name='rule_sets', to='certifications.certification')),
            ],
        ),
        migrations.CreateModel(
            name='RuleSetVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField()),
                ('label', models.CharField(max_length=40)),
                ('status', models.CharField(choices=[('draft', 'Draft'), ('published', 'Published'), ('superseded', 'Superseded'), ('withdrawn', 'Withdrawn')], default='draft', max_length=10)),
                ('in_force_from', models.DateField()),
                ('checked_on', models.DateField()),
                ('confidence', models.CharField(choices=[('body', "Read on the certifying body's own page"), ('copy', "Read in a copy of the certifying body's text"), ('secondary', 'Read on another site'), ('unverified', 'Not verified')], default='body', max_length=10)),
                ('canonical', models.TextField()),
                ('digest', models.CharField(max_length=64)),
                ('from_pack', models.BooleanField(default=False)),
                ('created_at', models.DateTimeField()),
                ('published_at', models.DateTimeField(blank=True, null=True)),
                ('author', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('rule_set', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='certifications.ruleset')),
            ],
            options={
                'ordering': ['rule_set', 'number'],
            },
        ),
        migrations.CreateModel(
            name='RenewalPeriod',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ordinal', models.PositiveSmallIntegerField(default=1)),
                ('start', models.DateField()),
                ('end', models.DateField()),
                ('earns_from', models.DateField()),
                ('earns_until', models.DateField()),
                ('never_ends', models.BooleanField(default=False)),
                ('carried_in', models.JSONField(blank=True, default=list)),
                ('closed_at', models.DateTimeField(blank=True, null=True)),
                ('renewed_on', models.DateField(blank=True, null=True)),
                ('reference', models.CharField(blank=True, default='', max_length=80)),
                ('result', models.JSONField(blank=True, null=True)),
                ('result_hash', models.CharField(blank=True, default='', max_length=64)),
                ('held', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='periods', to='certifications.heldcertification')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='periods', to=settings.AUTH_USER_MODEL)),
                ('version', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='periods', to='certifications.rulesetversion')),
            ],
            options={
                'ordering': ['held', 'start'],
            },
        ),
        migrations.AddConstraint(
            model_name='certification',
            constraint=models.UniqueConstraint(fields=('body', 'slug'), name='certification_slug_in_body'),
        ),
        migrations.AddConstraint(
            model_name='certification',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('body__isnull', False), ('owner__isnull', True)), models.Q(('body__isnull', True), ('owner__isnull', False)), _connector='OR'), name='certification_of_body_or_person'),
        ),
        migrations.AddConstraint(
            model_name='level',
            constraint=models.UniqueConstraint(fields=('certification', 'position'), name='level_position_once'),
        ),
        migrations.AddConstraint(
            model_name='level',
            constraint=models.UniqueConstraint(fields=('certification', 'code'), name='level_code_once'),
        ),
        migrations.AddConstraint(
            model_name='level',
            constraint=models.UniqueConstraint(fields=('id', 'certification'), name='level_with_certification'),
        ),
        migrations.AddConstraint(
            model_name='heldcertification',
            constraint=models.UniqueConstraint(condition=models.Q(('removed_at', None)), fields=('user', 'certification'), name='held_once_at_a_time'),
        ),
        migrations.AddConstraint(
            model_name='heldcertification',
            constraint=models.UniqueConstraint(fields=('id', 'user'), name='held_with_user'),
        ),
        migrations.AddConstraint(
            model_name='heldcertification',
            constraint=models.CheckConstraint(condition=models.Q(('awarded_on', None), ('awarded_on__gte', datetime.date(1950, 1, 1)), _connector='OR'), name='held_award_date_sane'),
        ),
        migrations.AddConstraint(
            model_name='heldcertification',
            constraint=models.CheckConstraint(condition=models.Q(('plain_need', None), models.Q(('plain_need__gte', 1), ('plain_need__lte', 10000000)), _connector='OR'), name='held_plain_need_sane'),
        ),
        migrations.AddConstraint(
            model_name='heldcertification',
            constraint=models.CheckConstraint(condition=models.Q(('removed_at', None), ('removed_at__gte', models.F('added_at')), _connector='OR'), name='held_removed_after_added'),
        ),
        migrations.AddConstraint(
            model_name='rulesetversion',
            constraint=models.UniqueConstraint(fields=('rule_set', 'number'), name='version_number_once'),
        ),
        migrations.AddConstraint(
            model_name='rulesetversion',
            constraint=models.UniqueConstraint(fields=('rule_set', 'label'), name='version_label_once'),
        ),
        migrations.AddConstraint(
            model_name='rulesetversion',
            constraint=models.CheckConstraint(condition=models.Q(('status__in', ['draft', 'withdrawn']), ('published_at__isnull', False), _connector='OR'), name='version_published_has_time'),
        ),
        migrations.AddConstraint(
            model_name='rulesetversion',
            constraint=models.CheckConstraint(condition=models.Q(('status__in', ['draft', 'published', 'superseded', 'withdrawn'])), name='version_status_known'),
        ),
        migrations.AddConstraint(
            model_name='renewalperiod',
            constraint=models.UniqueConstraint(condition=models.Q(('closed_at', None)), fields=('held',), name='period_one_open'),
        ),
        migrations.AddConstraint(
            model_name='renewalperiod',
            constraint=models.UniqueConstraint(fields=('held', 'ordinal'), name='period_ordinal_once'),
        ),
        migrations.AddConstraint(
            model_name='renewalperiod',
            constraint=models.UniqueConstraint(fields=('id', 'user', 'held'), name='period_with_user_and_held'),
        ),
        migrations.AddConstraint(
            model_name='renewalperiod',
            constraint=models.UniqueConstraint(fields=('id', 'user'), name='period_with_user'),
        ),
        migrations.AddConstraint(
            model_name='renewalperiod',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('held', '='), (models.Func('start', 'end', function='daterange'), '&&')], name='period_never_overlaps'),
        ),
        migrations.AddConstraint(
            model_name='renewalperiod',
            constraint=models.CheckConstraint(condition=models.Q(('end__gt', models.F('start'))), name='period_ends_after_start'),
        ),
        migrations.AddConstraint(
            model_name='renewalperiod',
            constraint=models.CheckConstraint(condition=models.Q(('earns_from__lte', models.F('start')), ('earns_until__gte', models.F('end'))), name='period_earns_at_least_itself'),
        ),
        migrations.AddConstraint(
            model_name='renewalperiod',
            constraint=models.CheckConstraint(condition=models.Q(('end__lte', datetime.date(2200, 1, 1)), ('start__gte', datetime.date(1950, 1, 1))), name='period_dates_sane'),
        ),
        migrations.AddConstraint(
            model_name='renewalperiod',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('closed_at', None), ('result', None), ('result_hash', '')), models.Q(('closed_at__isnull', False), ('result__isnull', False), ('result_hash__regex', '^[0-9a-f]{64}$')), _connector='OR'), name='period_closed_with_result'),
        ),
    ]
