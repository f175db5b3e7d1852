from django.db import migrations

# What people read stays the same: of such a date only the day is shown.
_TO_THE_LAST_MINUTE = """
UPDATE hub_deadline
SET due_at = (date_trunc('day', due_at AT TIME ZONE 'Europe/Brussels') + INTERVAL '23:59') AT TIME ZONE 'Europe/Brussels'
WHERE NOT has_time AND governs = '' AND kind <> 'opens';
"""


class Migration(migrations.Migration):
    """A date without an hour is over with its day: what is due by then is no longer cut off by the hour it was typed with."""

    dependencies = [("hub", "0009_bounds_of_money")]

    operations = [migrations.RunSQL(_TO_THE_LAST_MINUTE, migrations.RunSQL.noop)]
