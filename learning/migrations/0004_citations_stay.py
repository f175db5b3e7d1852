from pathlib import Path

from django.db import migrations

_SQL = (Path(__file__).resolve().parent.parent / "sql" / "citations_stay.sql").read_text(encoding="utf-8")
_BACK = """
DROP TRIGGER learning_citation_goes_with_its_note ON learning_citation;
DROP TRIGGER learning_citation_ends_once ON learning_citation;
DROP TRIGGER learning_citation_stays ON learning_citation;
"""


class Migration(migrations.Migration):
    """Nobody edits what a note cited, whatever program they use."""

    dependencies = [("learning", "0003_notes")]
    operations = [migrations.RunSQL(_SQL, _BACK)]
