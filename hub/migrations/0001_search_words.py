from pathlib import Path

from django.contrib.postgres.operations import BtreeGinExtension, TrigramExtension, UnaccentExtension
from django.db import migrations

_SQL = Path(__file__).resolve().parent.parent / "sql"
_CONFIGURATIONS, _WORDS, _SITE_WORDS = (
    (_SQL / name).read_text(encoding="utf-8") for name in ("configurations.sql", "words.sql", "site_words.sql")
)


class Migration(migrations.Migration):
    """Texts are stored for search and asked in one way, in their own language, whatever the database's locale."""

    initial = True
    dependencies: list[tuple[str, str]] = []
    operations = [
        UnaccentExtension(),
        TrigramExtension(),
        BtreeGinExtension(),
        migrations.RunSQL(
            _CONFIGURATIONS,
            "DROP TEXT SEARCH CONFIGURATION nccsi_nl, nccsi_fr, nccsi_de, nccsi_en, nccsi_simple;",
        ),
        migrations.RunSQL(
            _WORDS,
            "DROP FUNCTION hub_query, hub_vector, hub_configuration, hub_asked, hub_plain, hub_spaced;",
        ),
        migrations.RunSQL(_SITE_WORDS, "DROP FUNCTION hub_side_by_side, hub_words;"),
    ]
