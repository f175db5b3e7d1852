import uuid

import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """The organisations of a consortium share files with versions."""

    dependencies = [
        ('consortia', '0003_log_stays'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='StoredFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('consortium', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='files', to='consortia.consortium', verbose_name='consortium')),
            ],
            options={
                'verbose_name': 'file of a consortium',
                'verbose_name_plural': 'files of consortia',
            },
        ),
        migrations.CreateModel(
            name='FileVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('number', models.PositiveIntegerField(verbose_name='version')),
                ('name', models.CharField(max_length=120, verbose_name='name')),
                ('content', models.FileField(max_length=200, upload_to='', verbose_name='content')),
                ('size', models.PositiveIntegerField(verbose_name='size')),
                ('sha256', models.CharField(max_length=64, verbose_name='SHA-256')),
                ('organisation_name', models.CharField(blank=True, default='', max_length=160, verbose_name='organisation')),
                ('at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), verbose_name='at')),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='by')),
                ('file', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='versions', to='consortia.storedfile', verbose_name='file')),
            ],
            options={
                'verbose_name': 'version of a file',
                'verbose_name_plural': 'versions of files',
                'ordering': ['-number'],
                'constraints': [models.UniqueConstraint(fields=('file', 'number'), name='file_version_once')],
            },
        ),
        migrations.CreateModel(
            name='Upload',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('name', models.CharField(max_length=120, verbose_name='name')),
                ('size', models.PositiveIntegerField(verbose_name='size')),
                ('received', models.PositiveIntegerField(db_default=0, default=0, verbose_name='received')),
                ('changed_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), verbose_name='changed at')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='by')),
                ('consortium', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='consortia.consortium', verbose_name='consortium')),
            ],
            options={
                'verbose_name': 'unfinished upload',
                'verbose_name_plural': 'unfinished uploads',
            },
        ),
        migrations.CreateModel(
            name='Document',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('title', models.CharField(max_length=120, verbose_name='title')),
                ('kind', models.CharField(choices=[('ordinary', 'document'), ('letter', 'letter of endorsement')], default='ordinary', max_length=10, verbose_name='kind')),
                ('added_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), verbose_name='added at')),
                ('added_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='consortia.member', verbose_name='added by')),
                ('consortium', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='documents', to='consortia.consortium', verbose_name='consortium')),
                ('endorses', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='letters', to='consortia.member', verbose_name='letter of')),
                ('file', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='document', to='consortia.storedfile', verbose_name='file')),
            ],
            options={
                'verbose_name': 'document of a consortium',
                'verbose_name_plural': 'documents of consortia',
                'ordering': ['-pk'],
            },
        ),
    ]
