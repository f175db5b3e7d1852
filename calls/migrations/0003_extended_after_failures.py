from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('calls', '0002_changes_stay'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='deadlinechange',
            name='failure_begun_at',
            field=models.DateTimeField(editable=False, null=True, verbose_name='failure of the portal from'),
        ),
        migrations.AddField(
            model_name='deadlinechange',
            name='failure_ended_at',
            field=models.DateTimeField(editable=False, null=True, verbose_name='failure of the portal until'),
        ),
        migrations.AddConstraint(
            model_name='deadlinechange',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('failure_begun_at', None), ('failure_ended_at', None)), models.Q(('failure_begun_at__isnull', False), ('failure_ended_at__isnull', False), ('failure_begun_at__lt', models.F('failure_ended_at'))), _connector='OR'), name='deadline_change_failure_has_a_span'),
        ),
    ]
