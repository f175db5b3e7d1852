from django.db import migrations, models


class Migration(migrations.Migration):
    """What came of erasing each kind of record."""

    dependencies = [
        ('accounts', '0001_people'),
    ]

    operations = [
        migrations.CreateModel(
            name='KeepingRun',
            fields=[
                ('name', models.CharField(max_length=80, primary_key=True, serialize=False, verbose_name='name')),
                ('ran_at', models.DateTimeField(null=True, verbose_name='last run')),
                ('number', models.PositiveIntegerField(null=True, verbose_name='how many were erased')),
                ('failed_at', models.DateTimeField(null=True, verbose_name='last failure')),
                ('error', models.CharField(blank=True, max_length=200, verbose_name='what went wrong')),
            ],
            options={
                'verbose_name': 'scheduled erasure',
                'verbose_name_plural': 'scheduled erasures',
                'default_permissions': ('view',),
            },
        ),
    ]
