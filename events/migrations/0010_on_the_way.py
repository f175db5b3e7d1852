import i18nfield.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    """From when people can sign up, and what they have to know on the way there."""

    dependencies = [("events", "0009_questions")]
    operations = [
        migrations.AddField(
            model_name='event',
            name='accessibility',
            field=i18nfield.fields.I18nTextField(blank=True, default='', help_text='For example entrance, lift, toilets, hearing loop.', verbose_name='accessibility of the place'),
        ),
        migrations.AddField(
            model_name='event',
            name='directions',
            field=i18nfield.fields.I18nTextField(blank=True, default='', help_text='Also in the reminders before the event.', verbose_name='how to get there'),
        ),
        migrations.AddField(
            model_name='event',
            name='registration_opens_at',
            field=models.DateTimeField(blank=True, help_text='Empty: at once.', null=True, verbose_name='registration opens at'),
        ),
        migrations.AddField(
            model_name='event',
            name='to_bring',
            field=i18nfield.fields.I18nTextField(blank=True, default='', help_text='Also in the reminders before the event.', verbose_name='what to bring'),
        ),
    ]
