from pathlib import Path

from django.db import migrations

_SQL = (Path(__file__).resolve().parent.parent / "sql" / "earlier_slugs.sql").read_text(encoding="utf-8")


class Migration(migrations.Migration):
    """The addresses that an organisation had before it was renamed are kept by the database itself."""

    dependencies = [("partners", "0001_organisations")]
    operations = [migrations.RunSQL(_SQL, "DROP FUNCTION partners_keep_earlier_slug CASCADE;")]
