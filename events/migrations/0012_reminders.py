from django.db import migrations, models


class Migration(migrations.Migration):
    """When the reminders of an event leave; those that are there remind a week and a day before."""

    dependencies = [("events", "0011_programme")]
    operations = [
        migrations.AddField(
            "event",
            "reminder_hours",
            models.JSONField(
                blank=True,
                default=[168, 24],
                help_text="To everybody with a seat; none chosen: no reminders.",
                verbose_name="reminders",
            ),
            preserve_default=False,
        ),
    ]
