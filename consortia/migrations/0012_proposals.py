import django.core.validators
import django.db.models.deletion
import i18nfield.fields
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """A call asks for the parts of a proposal, consortia fill them, and submit them with a receipt."""

    dependencies = [
        ('calls', '0003_extended_after_failures'),
        ('consortia', '0011_shown_to_centre'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterField(
            model_name='receipt',
            name='kind',
            field=models.CharField(choices=[('declaration', 'declaration of a partnership'), ('proposal', 'submission of a proposal')], max_length=20, verbose_name='kind'),
        ),
        migrations.CreateModel(
            name='AskedPart',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField(default=1, verbose_name='position')),
                ('kind', models.CharField(choices=[('file', 'file'), ('text', 'text')], max_length=4, verbose_name='kind')),
                ('title', i18nfield.fields.I18nCharField(verbose_name='title')),
                ('guidance', i18nfield.fields.I18nTextField(blank=True, default='', verbose_name='guidance')),
                ('is_required', models.BooleanField(db_default=True, default=True, verbose_name='required')),
                ('endings', models.JSONField(blank=True, default=list, verbose_name='kinds of files')),
                ('megabytes', models.PositiveSmallIntegerField(default=20, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(20)], verbose_name='largest size in MB')),
                ('limit', models.PositiveIntegerField(default=2000, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(50000)], verbose_name='limit')),
                ('unit', models.CharField(choices=[('characters', 'characters'), ('words', 'words')], default='characters', max_length=10, verbose_name='counted in')),
                ('closed_at', models.DateTimeField(blank=True, null=True, verbose_name='closed at')),
                ('call', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='asked_parts', to='calls.call', verbose_name='call')),
            ],
            options={
                'verbose_name': 'part of a proposal',
                'verbose_name_plural': 'parts of a proposal',
                'ordering': ['position', 'pk'],
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='Filling',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('consortium', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='fillings', to='consortia.consortium', verbose_name='consortium')),
                ('file', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='filling', to='consortia.storedfile', verbose_name='file')),
                ('part', models.ForeignKey(on_delete=django.db.models.deletion.RESTRICT, related_name='fillings', to='consortia.askedpart', verbose_name='part')),
            ],
            options={
                'verbose_name': 'filled part of a proposal',
                'verbose_name_plural': 'filled parts of proposals',
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='Proposal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField(verbose_name='number')),
                ('selection', models.TextField(verbose_name='versions')),
                ('submitted_at', models.DateTimeField(verbose_name='submitted at')),
                ('consortium', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='proposals', to='consortia.consortium', verbose_name='consortium')),
                ('receipt', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='proposal', to='consortia.receipt', verbose_name='receipt')),
            ],
            options={
                'verbose_name': 'proposal',
                'verbose_name_plural': 'proposals',
                'ordering': ['-number'],
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='TextVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField(verbose_name='version')),
                ('text', models.TextField(blank=True, max_length=600000, verbose_name='text')),
                ('sha256', models.CharField(max_length=64, verbose_name='SHA-256')),
                ('organisation_name', models.CharField(max_length=160, verbose_name='organisation')),
                ('at', models.DateTimeField(verbose_name='at')),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='by')),
                ('filling', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='texts', to='consortia.filling', verbose_name='part')),
            ],
            options={
                'verbose_name': 'version of a text',
                'verbose_name_plural': 'versions of texts',
                'ordering': ['-number'],
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='SubmittedPart',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField(verbose_name='position')),
                ('file', models.ForeignKey(null=True, on_delete=django.db.models.deletion.RESTRICT, related_name='submitted', to='consortia.fileversion', verbose_name='file')),
                ('part', models.ForeignKey(on_delete=django.db.models.deletion.RESTRICT, related_name='+', to='consortia.askedpart', verbose_name='part')),
                ('proposal', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='parts', to='consortia.proposal', verbose_name='proposal')),
                ('text', models.ForeignKey(null=True, on_delete=django.db.models.deletion.RESTRICT, related_name='submitted', to='consortia.textversion', verbose_name='text')),
            ],
            options={
                'verbose_name': 'submitted part',
                'verbose_name_plural': 'submitted parts',
                'ordering': ['position'],
                'default_permissions': (),
            },
        ),
        migrations.AddConstraint(
            model_name='askedpart',
            constraint=models.CheckConstraint(condition=models.Q(('limit__gte', 1)), name='asked_part_has_a_limit'),
        ),
        migrations.AddConstraint(
            model_name='askedpart',
            constraint=models.CheckConstraint(condition=models.Q(('megabytes__gte', 1)), name='asked_part_has_a_size'),
        ),
        migrations.AddConstraint(
            model_name='filling',
            constraint=models.UniqueConstraint(fields=('consortium', 'part'), name='filling_once'),
        ),
        migrations.AddConstraint(
            model_name='proposal',
            constraint=models.UniqueConstraint(fields=('consortium', 'number'), name='proposal_once_per_number'),
        ),
        migrations.AddConstraint(
            model_name='textversion',
            constraint=models.UniqueConstraint(fields=('filling', 'number'), name='text_version_once'),
        ),
        migrations.AddConstraint(
            model_name='submittedpart',
            constraint=models.UniqueConstraint(fields=('proposal', 'part'), name='submitted_part_once'),
        ),
        migrations.AddConstraint(
            model_name='submittedpart',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('file__isnull', False), ('text', None)), models.Q(('file', None), ('text__isnull', False)), _connector='OR'), name='submitted_part_is_text_or_file'),
        ),
    ]
