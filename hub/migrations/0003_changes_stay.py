from pathlib import Path

from django.db import migrations

_SQL = (Path(__file__).resolve().parent.parent / "sql" / "history.sql").read_text(encoding="utf-8")


class Migration(migrations.Migration):
    """Records of changes stay as they are, whatever program is used; apps say which of theirs these are."""

    dependencies = [("hub", "0002_pages_and_vocabularies")]
    operations = [migrations.RunSQL(_SQL, "DROP FUNCTION hub_history_stays, hub_history_goes_with;")]
