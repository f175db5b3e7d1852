import uuid

import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """The organisations of a consortium share notes, and say who does what until when."""

    dependencies = [
        ('consortia', '0004_files_and_documents'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Note',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('text', models.TextField(max_length=5000, verbose_name='text')),
                ('organisation_name', models.CharField(max_length=160, verbose_name='organisation')),
                ('written_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), verbose_name='written at')),
                ('changed_by_name', models.CharField(blank=True, default='', max_length=160, verbose_name='changed by')),
                ('changed_at', models.DateTimeField(null=True, verbose_name='changed at')),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='by')),
                ('changed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='changed by')),
                ('consortium', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='notes', to='consortia.consortium', verbose_name='consortium')),
            ],
            options={
                'verbose_name': 'note in a consortium',
                'verbose_name_plural': 'notes in consortia',
                'ordering': ['-pk'],
            },
        ),
        migrations.CreateModel(
            name='Task',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('what', models.CharField(max_length=200, verbose_name='what')),
                ('due_on', models.DateField(null=True, verbose_name='until')),
                ('done_at', models.DateTimeField(null=True, verbose_name='done at')),
                ('changed_by_name', models.CharField(max_length=160, verbose_name='organisation that changed it')),
                ('changed_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), verbose_name='changed at')),
                ('reminded_for', models.DateField(null=True, verbose_name='reminded for')),
                ('added_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='consortia.member', verbose_name='added by')),
                ('changed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='changed by')),
                ('consortium', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='tasks', to='consortia.consortium', verbose_name='consortium')),
                ('member', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='tasks', to='consortia.member', verbose_name='organisation')),
                ('person', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='person')),
            ],
            options={
                'verbose_name': 'task in a consortium',
                'verbose_name_plural': 'tasks in consortia',
                'ordering': ['-pk'],
            },
        ),
    ]
