from pathlib import Path

from django.db import migrations

_SQL = (Path(__file__).parent.parent / "sql" / "words.sql").read_text(encoding="utf-8")

_DROP = """
DROP FUNCTION hub_query(text, text);
DROP FUNCTION hub_vector(text, text, text, text, text);
DROP FUNCTION hub_configuration(text);
DROP FUNCTION hub_asked(text);
DROP FUNCTION hub_plain(text);
DROP FUNCTION hub_spaced(text);
"""


class Migration(migrations.Migration):
    """What is stored for search and what is asked are written in one way, whatever the database's locale."""

    dependencies = [("hub", "0070_history_of_anything_stays")]

    operations = [migrations.RunSQL(_SQL, _DROP)]
