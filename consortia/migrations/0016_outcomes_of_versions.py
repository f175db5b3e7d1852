import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """Each text of a consortium has an outcome of its own, which says when it was released."""

    dependencies = [
        ('consortia', '0015_places_keep_their_organisation'),
    ]

    operations = [
        migrations.AddField(
            model_name='outcome',
            name='released_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='released at'),
        ),
        migrations.AlterField(
            model_name='outcome',
            name='consortium',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='outcomes', to='consortia.consortium', verbose_name='consortium'),
        ),
        migrations.AddConstraint(
            model_name='outcome',
            constraint=models.UniqueConstraint(fields=('consortium', 'version'), name='outcome_once_per_version'),
        ),
        migrations.AddConstraint(
            model_name='outcome',
            constraint=models.UniqueConstraint(condition=models.Q(('released_at', None)), fields=('consortium',), name='outcome_unreleased_once_per_consortium'),
        ),
    ]
