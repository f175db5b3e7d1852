from pathlib import Path

from django.db import migrations

_SQL = (Path(__file__).resolve().parent.parent / "sql" / "snapshots_stay.sql").read_text(encoding="utf-8")
_BACK = """
DROP TRIGGER monitoring_snapshot_is_the_next ON monitoring_snapshot;
DROP TRIGGER monitoring_snapshot_goes_with_its_indicator ON monitoring_snapshot;
DROP TRIGGER monitoring_snapshot_stays ON monitoring_snapshot;
DROP FUNCTION monitoring_correction_is_the_next;
"""


class Migration(migrations.Migration):
    """Nobody alters what a figure was, whatever program they use."""

    dependencies = [("hub", "0003_changes_stay"), ("monitoring", "0001_indicators")]
    operations = [migrations.RunSQL(_SQL, _BACK)]
