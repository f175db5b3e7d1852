from pathlib import Path

from django.db import migrations

_SQL = (Path(__file__).resolve().parent.parent / "sql" / "log_stays.sql").read_text(encoding="utf-8")
_BACK = """
DROP TRIGGER consortia_entry_goes_with_its_consortium ON consortia_entry;
DROP TRIGGER consortia_entry_stays ON consortia_entry;
"""


class Migration(migrations.Migration):
    """Nobody edits the log of a consortium, whatever program they use."""

    dependencies = [("consortia", "0002_consortia")]
    operations = [migrations.RunSQL(_SQL, _BACK)]
