from pathlib import Path

from django.db import migrations

_SQL = (Path(__file__).resolve().parent.parent / "sql" / "earlier_slugs.sql").read_text(encoding="utf-8")


class Migration(migrations.Migration):
    """The addresses that a practice had before it was renamed are kept by the database itself."""

    dependencies = [("practices", "0001_practices")]
    operations = [migrations.RunSQL(_SQL, "DROP FUNCTION practices_keep_earlier_slug CASCADE;")]
