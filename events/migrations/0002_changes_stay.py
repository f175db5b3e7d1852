from pathlib import Path

from django.db import migrations

_SQL = (Path(__file__).resolve().parent.parent / "sql" / "changes_stay.sql").read_text(encoding="utf-8")


class Migration(migrations.Migration):
    """Nobody alters or deletes a change of an event, whatever program they use."""

    dependencies = [("events", "0001_events"), ("hub", "0003_changes_stay")]
    operations = [migrations.RunSQL(_SQL, "DROP TRIGGER events_eventchange_stays ON events_eventchange;")]
