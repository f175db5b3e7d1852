import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models


class Migration(migrations.Migration):
    """A consortium is declared, with a receipt that a key of the portal signs."""

    dependencies = [
        ('consortia', '0003_log_stays'),
    ]

    operations = [
        migrations.CreateModel(
            name='SigningKey',
            fields=[
                ('key', models.CharField(max_length=16, primary_key=True, serialize=False, verbose_name='key')),
                ('public', models.CharField(max_length=44, verbose_name='public key')),
                ('since', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), verbose_name='in use since')),
            ],
            options={
                'verbose_name': 'key of receipts',
                'verbose_name_plural': 'keys of receipts',
                'ordering': ['-since'],
                'default_permissions': (),
            },
        ),
        migrations.AddField(
            model_name='callrules',
            name='several',
            field=models.BooleanField(db_default=True, default=True, verbose_name='an organisation may be in several declarations'),
        ),
        migrations.AlterField(
            model_name='consortium',
            name='status',
            field=models.CharField(choices=[('draft', 'draft'), ('declared', 'declared'), ('given_up', 'given up')], default='draft', max_length=10, verbose_name='status'),
        ),
        migrations.CreateModel(
            name='Receipt',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.CharField(max_length=20, unique=True, verbose_name='number')),
                ('kind', models.CharField(choices=[('declaration', 'declaration of a partnership')], max_length=20, verbose_name='kind')),
                ('payload', models.TextField(verbose_name='what it attests')),
                ('digest', models.CharField(max_length=64, verbose_name='SHA-256')),
                ('signature', models.CharField(max_length=88, verbose_name='signature')),
                ('at', models.DateTimeField(verbose_name='at')),
                ('time_stamp', models.BinaryField(null=True, verbose_name='time stamp')),
                ('key', models.ForeignKey(db_column='key', on_delete=django.db.models.deletion.PROTECT, related_name='receipts', to='consortia.signingkey', verbose_name='key')),
            ],
            options={
                'verbose_name': 'receipt',
                'verbose_name_plural': 'receipts',
                'ordering': ['-pk'],
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='Declaration',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('declared_at', models.DateTimeField(verbose_name='declared at')),
                ('ended_at', models.DateTimeField(blank=True, null=True, verbose_name='ended at')),
                ('why', models.CharField(blank=True, choices=[('withdrawn', 'withdrawn'), ('void', 'void')], default='', max_length=10, verbose_name='why it ended')),
                ('consortium', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='declarations', to='consortia.consortium', verbose_name='consortium')),
                ('receipt', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='declaration', to='consortia.receipt', verbose_name='receipt')),
            ],
            options={
                'verbose_name': 'declaration',
                'verbose_name_plural': 'declarations',
                'ordering': ['-pk'],
                'default_permissions': (),
                'constraints': [models.UniqueConstraint(condition=models.Q(('ended_at', None)), fields=('consortium',), name='declaration_stands_once_per_consortium'), models.CheckConstraint(condition=models.Q(models.Q(('ended_at', None), ('why', '')), models.Q(('ended_at__isnull', False), ('why__in', ['withdrawn', 'void'])), _connector='OR'), name='declaration_ends_for_a_reason')],
            },
        ),
    ]
