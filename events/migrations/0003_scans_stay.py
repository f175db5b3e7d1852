from pathlib import Path

from django.db import migrations

_SQL = (Path(__file__).resolve().parent.parent / "sql" / "scans_stay.sql").read_text(encoding="utf-8")
_BACK = """
DROP TRIGGER events_scan_goes_with_its_person ON events_scan;
DROP TRIGGER events_scan_stays ON events_scan;
DROP FUNCTION events_scan_goes_with_its_person;
"""


class Migration(migrations.Migration):
    """What was noted at a door stays as it is, whatever program somebody uses."""

    dependencies = [("events", "0002_changes_stay")]
    operations = [migrations.RunSQL(_SQL, _BACK)]
