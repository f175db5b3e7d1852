import django.db.models.deletion
import django.db.models.functions.datetime
import django.db.models.functions.text
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """Links for helpers at a door, who came without signing up, and what was noted there."""

    dependencies = [
        ("events", "0013_organisers"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='DoorPass',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('label', models.CharField(help_text='For example: main entrance.', max_length=60, verbose_name='door')),
                ('day', models.DateField(verbose_name='day')),
                ('made_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name='made at')),
                ('revoked_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='taken back at')),
                ('event', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='door_passes', to='events.event', verbose_name='event')),
                ('made_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'link for helpers',
                'verbose_name_plural': 'links for helpers',
                'ordering': ['day', 'made_at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='WalkIn',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(editable=False, unique=True)),
                ('name', models.CharField(max_length=120, verbose_name='name')),
                ('person', models.GeneratedField(db_persist=True, expression=models.Func(django.db.models.functions.text.Lower(models.Func(models.F('name'), output_field=models.CharField(), template='normalize(%(expressions)s, NFKD)')), models.Value("[̀-ͯ\\s\xa0\u202f.,;'’‘`´·_-]+"), models.Value(''), models.Value('g'), function='regexp_replace', output_field=models.CharField()), output_field=models.CharField(max_length=500))),
                ('organisation_name', models.CharField(blank=True, max_length=160, verbose_name='organisation')),
                ('email', models.EmailField(blank=True, help_text='Only if the person wants to hear from us about this event. Name and address are deleted 30 days after the event.', max_length=254, verbose_name='e-mail address')),
                ('language', models.CharField(max_length=5, verbose_name='language')),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name='noted at')),
                ('came_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='came at')),
                ('event', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='walk_ins', to='events.event', verbose_name='event')),
            ],
            options={
                'verbose_name': 'person without registration',
                'verbose_name_plural': 'people without registration',
                'ordering': ['created_at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Scan',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(editable=False, unique=True)),
                ('day', models.DateField(verbose_name='day')),
                ('kind', models.CharField(choices=[('in', 'came in'), ('undo', 'taken back')], max_length=4, verbose_name='what')),
                ('device', models.CharField(max_length=60, verbose_name='door')),
                ('scanned_at', models.DateTimeField(verbose_name='scanned at')),
                ('happened_at', models.DateTimeField(verbose_name='happened at')),
                ('received_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name='received at')),
                ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('door_pass', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='events.doorpass')),
                ('registration', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='scans', to='events.registration')),
                ('walk_in', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='scans', to='events.walkin')),
            ],
            options={
                'verbose_name': 'scan',
                'verbose_name_plural': 'scans',
                'ordering': ['happened_at', 'pk'],
                'indexes': [models.Index(models.F('registration'), models.F('day'), name='scan_registration_day'), models.Index(models.F('walk_in'), models.F('day'), name='scan_walk_in_day')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('registration__isnull', False), ('walk_in__isnull', True)), models.Q(('registration__isnull', True), ('walk_in__isnull', False)), _connector='OR'), name='scan_is_of_one_person')],
            },
        ),
    ]
