from django.db import migrations, models

# What was entered from midnight to the last minute said by that alone that its hours do not matter.
_SAY = """
UPDATE events_event SET has_time = false
WHERE to_char(starts_at AT TIME ZONE 'Europe/Brussels', 'HH24:MI') = '00:00'
  AND to_char(ends_at AT TIME ZONE 'Europe/Brussels', 'HH24:MI') = '23:59';
"""


class Migration(migrations.Migration):
    """Whether the hours of an event matter is a fact of its own."""

    dependencies = [("events", "0002_changes_stay")]
    operations = [
        migrations.AddField(
            "event",
            "has_time",
            models.BooleanField(
                default=True, help_text="Without it, only the day is shown.", verbose_name="the hour matters"
            ),
        ),
        migrations.AddField(
            "eventchange",
            "old_has_time",
            models.BooleanField(default=True, editable=False, verbose_name="the hour mattered before"),
        ),
        migrations.AddField(
            "eventchange",
            "new_has_time",
            models.BooleanField(default=True, editable=False, verbose_name="the hour matters since"),
        ),
        migrations.RunSQL(_SAY, migrations.RunSQL.noop),
    ]
