from pathlib import Path

from django.db import migrations

_SQL = Path(__file__).resolve().parent.parent / "sql"
_PARTS = [(_SQL / name).read_text(encoding="utf-8") for name in ("entries.sql", "words.sql", "triggers.sql")]

# The vectors go out of the row, which stays as small as its keys: a count reads hundreds of thousands of them.
_STORAGE = """
ALTER TABLE practices_libraryentry SET (toast_tuple_target = 128);
ALTER TABLE practices_libraryentry ALTER COLUMN keys SET STORAGE PLAIN;
ALTER TABLE practices_libraryentry ALTER COLUMN words SET STORAGE EXTERNAL;
ALTER TABLE practices_libraryentry ALTER COLUMN head SET STORAGE EXTERNAL;
"""
_DROP = """
DROP FUNCTION practices_facts_changed, practices_facts_gone, practices_terms_changed, practices_texts_changed,
    practices_evidence_moved, practices_refresh_words, practices_refresh_entries, practices_asked, practices_key_words,
    practices_part, practices_parts, practices_record_key, practices_words, practices_prefix, practices_language_key CASCADE;
"""


class Migration(migrations.Migration):
    """Triggers keep the library's entries and words in step with its practices, whatever program changes them."""

    dependencies = [("practices", "0002_earlier_slugs")]
    operations = [migrations.RunSQL([_STORAGE, *_PARTS], _DROP)]
