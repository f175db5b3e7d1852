import django.contrib.postgres.indexes
import django.db.models.functions.text
from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    """Likely duplicates are found by name and domain without reading every organisation."""

    atomic = False
    dependencies = [("partners", "0007_invitations")]
    operations = [
        AddIndexConcurrently(
            "organisation",
            django.contrib.postgres.indexes.GinIndex(
                django.contrib.postgres.indexes.OpClass("plain_name", "gin_trgm_ops"), name="organisation_similar_name"
            ),
        ),
        AddIndexConcurrently(
            "organisation",
            models.Index(
                models.Func(
                    django.db.models.functions.text.Lower("website"),
                    models.Value(r"^[a-z]+://(?:www\.)?([^/:?#]+)"),
                    function="substring",
                ),
                name="organisation_website_domain",
            ),
        ),
    ]
