import django.db.models.deletion
import django.db.models.functions.datetime
import i18nfield.fields
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """The declared consortia of a call are reviewed: by whom, by what, with which conflicts, and what came of it."""

    dependencies = [
        ('calls', '0002_changes_stay'),
        ('consortia', '0008_letters_of_endorsement'),
        ('partners', '0004_former_memberships'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Criterion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField(default=1, verbose_name='position')),
                ('title', i18nfield.fields.I18nCharField(verbose_name='title')),
                ('guidance', i18nfield.fields.I18nTextField(blank=True, default='', verbose_name='guidance')),
                ('scale', models.CharField(choices=[('five', 'from 1 to 5'), ('met', 'met, partly met, not met')], default='five', max_length=5, verbose_name='scale')),
                ('call', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='criteria', to='calls.call', verbose_name='call')),
            ],
            options={
                'verbose_name': 'criterion',
                'verbose_name_plural': 'criteria',
                'ordering': ['position', 'pk'],
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='Release',
            fields=[
                ('call', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='recommendations', serialize=False, to='calls.call', verbose_name='call')),
                ('at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), verbose_name='at')),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='by')),
            ],
            options={
                'verbose_name': 'release of recommendations',
                'verbose_name_plural': 'releases of recommendations',
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='Reviewer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.CharField(choices=[('reviewer', 'reviewer'), ('chair', 'chair')], default='reviewer', max_length=10, verbose_name='role')),
                ('added_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), verbose_name='added at')),
                ('ended_at', models.DateTimeField(blank=True, null=True, verbose_name='ended at')),
                ('added_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='added by')),
                ('call', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reviewers', to='calls.call', verbose_name='call')),
                ('user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='reviewing', to=settings.AUTH_USER_MODEL, verbose_name='person')),
            ],
            options={
                'verbose_name': 'reviewer',
                'verbose_name_plural': 'reviewers',
                'ordering': ['pk'],
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='Judgement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('revision', models.PositiveIntegerField(default=0, verbose_name='revision')),
                ('version', models.PositiveIntegerField(verbose_name='version')),
                ('changed_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), verbose_name='changed at')),
                ('handed_in_at', models.DateTimeField(blank=True, null=True, verbose_name='handed in at')),
                ('consortium', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='judgements', to='consortia.consortium', verbose_name='consortium')),
                ('reviewer', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='judgements', to='consortia.reviewer', verbose_name='reviewer')),
            ],
            options={
                'verbose_name': 'judgement of a consortium',
                'verbose_name_plural': 'judgements of consortia',
                'ordering': ['pk'],
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='Statement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('has_conflict', models.BooleanField(verbose_name='has a conflict')),
                ('reason', models.TextField(blank=True, default='', max_length=1000, verbose_name='reason')),
                ('version', models.PositiveIntegerField(verbose_name='version')),
                ('at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), verbose_name='at')),
                ('consortium', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='statements', to='consortia.consortium', verbose_name='consortium')),
                ('reviewer', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='statements', to='consortia.reviewer', verbose_name='reviewer')),
            ],
            options={
                'verbose_name': 'statement about conflicts',
                'verbose_name_plural': 'statements about conflicts',
                'ordering': ['pk'],
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='Lifting',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('member', 'acts for a partner'), ('former', 'acted for a partner lately'), ('rival', 'belongs to a rival consortium'), ('domain', 'mailbox at the same domain'), ('introduction', 'accepted introduction'), ('declared', 'declared by the reviewer')], max_length=12, verbose_name='kind')),
                ('organisation_name', models.CharField(blank=True, default='', max_length=160, verbose_name='organisation')),
                ('reason', models.TextField(max_length=1000, verbose_name='reason')),
                ('at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), verbose_name='at')),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='by')),
                ('consortium', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='consortia.consortium', verbose_name='consortium')),
                ('organisation', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='partners.organisation', verbose_name='organisation')),
                ('reviewer', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='consortia.reviewer', verbose_name='reviewer')),
                ('statement', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='consortia.statement', verbose_name='statement')),
            ],
            options={
                'verbose_name': 'lifted conflict',
                'verbose_name_plural': 'lifted conflicts',
                'ordering': ['-pk'],
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='Mark',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('value', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='value')),
                ('reason', models.TextField(blank=True, default='', max_length=4000, verbose_name='reason')),
                ('criterion', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='marks', to='consortia.criterion', verbose_name='criterion')),
                ('judgement', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='marks', to='consortia.judgement', verbose_name='judgement')),
            ],
            options={
                'verbose_name': 'mark',
                'verbose_name_plural': 'marks',
                'ordering': ['criterion__position', 'pk'],
                'default_permissions': (),
                'constraints': [models.UniqueConstraint(fields=('judgement', 'criterion'), name='marked_once_per_criterion'), models.CheckConstraint(condition=models.Q(('value__isnull', True), models.Q(('value__gte', 1), ('value__lte', 5)), _connector='OR'), name='mark_is_on_a_scale')],
            },
        ),
        migrations.CreateModel(
            name='Outcome',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('verdict', models.CharField(choices=[('recommended', 'recommended'), ('conditions', 'recommended with conditions'), ('not', 'not recommended')], max_length=12, verbose_name='outcome')),
                ('reasons', models.TextField(max_length=6000, verbose_name='reasons')),
                ('conditions', models.TextField(blank=True, default='', max_length=6000, verbose_name='conditions')),
                ('version', models.PositiveIntegerField(verbose_name='version')),
                ('revision', models.PositiveIntegerField(default=1, verbose_name='revision')),
                ('settled_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), verbose_name='settled at')),
                ('consortium', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='outcome', to='consortia.consortium', verbose_name='consortium')),
                ('settled_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='settled by')),
            ],
            options={
                'verbose_name': 'recommendation',
                'verbose_name_plural': 'recommendations',
                'ordering': ['consortium__name', 'pk'],
                'default_permissions': (),
                'constraints': [models.CheckConstraint(condition=models.Q(('reasons', ''), _negated=True), name='outcome_has_reasons'), models.CheckConstraint(condition=models.Q(models.Q(('verdict', 'conditions'), models.Q(('conditions', ''), _negated=True)), models.Q(models.Q(('verdict', 'conditions'), _negated=True), ('conditions', '')), _connector='OR'), name='outcome_has_conditions_where_it_says_so')],
            },
        ),
        migrations.AddConstraint(
            model_name='reviewer',
            constraint=models.UniqueConstraint(fields=('call', 'user'), name='reviewer_once_per_call_and_person'),
        ),
        migrations.AddConstraint(
            model_name='judgement',
            constraint=models.UniqueConstraint(fields=('reviewer', 'consortium'), name='judged_once_per_reviewer_and_consortium'),
        ),
        migrations.AddConstraint(
            model_name='statement',
            constraint=models.UniqueConstraint(condition=models.Q(('has_conflict', False)), fields=('reviewer', 'consortium', 'version'), name='no_conflict_stated_once_per_version'),
        ),
        migrations.AddConstraint(
            model_name='statement',
            constraint=models.CheckConstraint(condition=models.Q(('has_conflict', False), models.Q(('reason', ''), _negated=True), _connector='OR'), name='conflict_stated_with_its_reason'),
        ),
        migrations.AddConstraint(
            model_name='lifting',
            constraint=models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='conflict_lifted_with_a_reason'),
        ),
    ]
