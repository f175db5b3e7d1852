"""PostgreSQL's stemmers behind `unaccent`, under names of our own: an immutable base for stored search vectors."""

from django.contrib.postgres.operations import (
    BtreeGinExtension,
    TrigramExtension,
    UnaccentExtension,
)
from django.db import migrations

STEMMERS = {
    "nccsi_nl": ("dutch", "dutch_stem"),
    "nccsi_fr": ("french", "french_stem"),
    "nccsi_de": ("german", "german_stem"),
    "nccsi_en": ("english", "english_stem"),
    "nccsi_simple": ("simple", "simple"),
}


def _create(name: str, base: str, dictionary: str) -> str:
    return (
        f"CREATE TEXT SEARCH CONFIGURATION {name} (COPY = {base}); "
        f"ALTER TEXT SEARCH CONFIGURATION {name} "
        f"ALTER MAPPING FOR hword, hword_part, word WITH unaccent, {dictionary};"
    )


class Migration(migrations.Migration):
    initial = True
    dependencies: list[tuple[str, str]] = []

    operations = [
        UnaccentExtension(),
        TrigramExtension(),
        BtreeGinExtension(),
        *[
            migrations.RunSQL(
                _create(name, *parts), f"DROP TEXT SEARCH CONFIGURATION {name};"
            )
            for name, parts in STEMMERS.items()
        ],
    ]
