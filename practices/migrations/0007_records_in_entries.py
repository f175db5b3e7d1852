from pathlib import Path

from django.db import migrations, models

_SQL = (Path(__file__).resolve().parent.parent / "sql" / "records.sql").read_text(encoding="utf-8")
_DROP = """
DROP FUNCTION practices_reuse_changed, practices_reuse_came_or_went, practices_adopter_listed,
    practices_hook_practices_changed, practices_hook_practices_moved, practices_hooks_changed CASCADE;
"""
_REFRESH = "SELECT practices_refresh_entries(array_agg(id)) FROM practices_practice HAVING count(*) > 0;"
_NO_KEYS = b"\x01" * 19


class Migration(migrations.Migration):
    """The library's entries tell what came of each practice: reuse, its outcomes, the levels of policy."""

    dependencies = [("practices", "0006_situations")]
    operations = [
        migrations.AlterField(
            model_name="libraryentry",
            name="starts",
            field=models.BinaryField(db_default=_NO_KEYS, default=_NO_KEYS),
        ),
        migrations.RunSQL([_SQL, _REFRESH], _DROP),
    ]
