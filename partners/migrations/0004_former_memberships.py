import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """Who acted for an organisation is remembered after it ended, as long as it says something about conflicts."""

    dependencies = [
        ('partners', '0003_compared_names'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='FormerMembership',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('began_at', models.DateTimeField(verbose_name='since')),
                ('ended_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), verbose_name='until')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='former_memberships', to='partners.organisation', verbose_name='organisation')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='former_memberships', to=settings.AUTH_USER_MODEL, verbose_name='person')),
            ],
            options={
                'verbose_name': 'former membership',
                'verbose_name_plural': 'former memberships',
                'ordering': ['-ended_at', '-pk'],
                'default_permissions': (),
            },
        ),
    ]
