from pathlib import Path

from django.db import migrations

_SQL = Path(__file__).parent.parent / "sql"
_WORDS = (_SQL / "words.sql").read_text(encoding="utf-8")
_BEFORE = (_SQL / "words_before_0081.sql").read_text(encoding="utf-8")


class Migration(migrations.Migration):
    """The words that readers' words are compared with are written as search writes them."""

    dependencies = [("practices", "0080_vectors_of_plain_words")]

    operations = [migrations.RunSQL([_WORDS], [_BEFORE])]
