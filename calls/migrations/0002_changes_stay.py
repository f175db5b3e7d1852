from pathlib import Path

from django.db import migrations

_SQL = (Path(__file__).resolve().parent.parent / "sql" / "changes_stay.sql").read_text(encoding="utf-8")


class Migration(migrations.Migration):
    """Nobody alters or deletes a change of date or a withdrawal, whatever program they use."""

    dependencies = [("calls", "0001_calls"), ("hub", "0003_changes_stay")]
    operations = [
        migrations.RunSQL(
            _SQL,
            "DROP TRIGGER calls_deadlinechange_stays ON calls_deadlinechange; DROP TRIGGER calls_callwithdrawal_stays ON calls_callwithdrawal;",
        )
    ]
