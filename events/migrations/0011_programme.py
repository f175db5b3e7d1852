import django.db.models.deletion
import i18nfield.fields
import modelcluster.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    """Speakers, the programme, and what an event is linked with: new tables."""

    dependencies = [
        ("events", "0010_on_the_way"),
        ("partners", "0002_earlier_slugs"),
        ("practices", "0003_library_entries"),
        ("wagtailimages", "0027_image_description"),
    ]
    operations = [
        migrations.CreateModel(
            name='Speaker',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sort_order', models.IntegerField(blank=True, editable=False, null=True)),
                ('name', models.CharField(max_length=120, verbose_name='name')),
                ('role', i18nfield.fields.I18nCharField(blank=True, default='', help_text='For example researcher, mayor, moderator.', verbose_name='role')),
                ('organisation_name', models.CharField(blank=True, max_length=160, verbose_name='organisation')),
                ('photo_licence', models.CharField(blank=True, help_text='Who made it and how it may be used, for example “A. Photographer, CC BY 4.0”. Stands below it.', max_length=160, verbose_name='licence of the photo')),
                ('event', modelcluster.fields.ParentalKey(on_delete=django.db.models.deletion.CASCADE, related_name='speakers', to='events.event')),
                ('photo', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='wagtailimages.image', verbose_name='photo')),
            ],
            options={
                'verbose_name': 'speaker',
                'verbose_name_plural': 'speakers',
                'ordering': ['sort_order'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='LinkedOrganisation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('event', modelcluster.fields.ParentalKey(on_delete=django.db.models.deletion.CASCADE, related_name='linked_organisations', to='events.event')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='partners.organisation', verbose_name='organisation')),
            ],
            options={
                'verbose_name': 'organisation of an event',
                'verbose_name_plural': 'organisations of events',
                'constraints': [models.UniqueConstraint(fields=('event', 'organisation'), name='event_organisation_once')],
            },
        ),
        migrations.CreateModel(
            name='LinkedPractice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('event', modelcluster.fields.ParentalKey(on_delete=django.db.models.deletion.CASCADE, related_name='linked_practices', to='events.event')),
                ('practice', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='practices.practice', verbose_name='practice')),
            ],
            options={
                'verbose_name': 'practice of an event',
                'verbose_name_plural': 'practices of events',
                'constraints': [models.UniqueConstraint(fields=('event', 'practice'), name='event_practice_once')],
            },
        ),
        migrations.CreateModel(
            name='ProgrammeItem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', i18nfield.fields.I18nCharField(verbose_name='title')),
                ('starts_at', models.DateTimeField(help_text='Brussels time.', verbose_name='starts at')),
                ('ends_at', models.DateTimeField(help_text='Brussels time.', verbose_name='ends at')),
                ('room', models.CharField(blank=True, help_text='Tells parallel items apart.', max_length=80, verbose_name='room or track')),
                ('event', modelcluster.fields.ParentalKey(on_delete=django.db.models.deletion.CASCADE, related_name='programme', to='events.event')),
                ('speakers', modelcluster.fields.ParentalManyToManyField(blank=True, related_name='items', to='events.speaker', verbose_name='speakers')),
            ],
            options={
                'verbose_name': 'item of the programme',
                'verbose_name_plural': 'items of the programme',
                'ordering': ['starts_at', 'room', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('ends_at__gt', models.F('starts_at'))), name='programme_item_ends_after_it_starts')],
            },
        ),
    ]
