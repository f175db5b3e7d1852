import uuid

import django.db.models.functions.datetime
from django.db import migrations, models


class Migration(migrations.Migration):
    """The searches that somebody asked to follow, and until when their followers were told."""

    dependencies = [("practices", "0020_shortlist")]

    operations = [
        migrations.CreateModel(
            name="SavedSearch",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("query", models.CharField(max_length=1000, unique=True, verbose_name="search")),
                (
                    "asked_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), verbose_name="last asked for"
                    ),
                ),
                (
                    "told_until",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(),
                        help_text="Followers have heard of what was published up to this moment.",
                        verbose_name="told until",
                    ),
                ),
            ],
            options={
                "verbose_name": "followed search",
                "verbose_name_plural": "followed searches",
                "ordering": ["told_until", "pk"],
            },
        ),
    ]
