from pathlib import Path

from django.db import migrations

_SQL = (Path(__file__).resolve().parent.parent / "sql" / "content.sql").read_text(encoding="utf-8")


class Migration(migrations.Migration):
    """What the content version is derived from; the triggers that call the function come after each migration."""

    dependencies = [("hub", "0003_changes_stay")]
    operations = [migrations.RunSQL(_SQL, "DROP FUNCTION hub_content_changed CASCADE;")]
