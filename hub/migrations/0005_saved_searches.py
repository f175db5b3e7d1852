import uuid

import django.db.models.functions.datetime
from django.db import migrations, models


class Migration(migrations.Migration):
    """Searches of any list can be followed; those of the library come over from `practices`."""

    dependencies = [("hub", "0004_content_changes")]
    operations = [
        migrations.CreateModel(
            name="SavedSearch",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "prefix",
                    models.CharField(
                        help_text="Under which searches of it are followed.", max_length=20, verbose_name="list"
                    ),
                ),
                ("query", models.CharField(max_length=1000, verbose_name="search")),
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
                "constraints": [
                    models.UniqueConstraint(fields=("prefix", "query"), name="saved_search_once_per_list")
                ],
            },
        ),
    ]
