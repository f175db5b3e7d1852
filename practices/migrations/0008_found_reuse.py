from pathlib import Path

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import migrations, models

_SQL = (Path(__file__).resolve().parent.parent / "sql" / "found_words.sql").read_text(encoding="utf-8")


def _vector(*parts):
    return models.Func(*parts, function="hub_vector", output_field=SearchVectorField())


class Migration(migrations.Migration):
    """The site's search finds reports of reuse and policy hooks."""

    dependencies = [("practices", "0007_records_in_entries")]
    operations = [
        migrations.RunSQL(_SQL, "DROP FUNCTION practices_titles"),
        migrations.AddIndex(
            model_name="reuse",
            index=GinIndex(_vector(models.Value(""), "adopter", "place"), name="reuse_names"),
        ),
        migrations.AddIndex(
            model_name="reuseversion",
            index=GinIndex(
                _vector("language", models.Value(""), "came_of_it", "why_stopped", "what_changed"),
                name="reuse_version_words",
            ),
        ),
    ]
