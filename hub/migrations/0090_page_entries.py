import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
import django.db.models.functions.text
from django.db import migrations, models


class Migration(migrations.Migration):
    """What pages are found by; `setup` fills it for pages that are there already."""

    dependencies = [
        ("hub", "0085_answers_are_corrected"),
        ("wagtailcore", "0097_baselogentry_uuid_action_timestamp_indexes"),
    ]

    operations = [
        migrations.CreateModel(
            name="PageEntry",
            fields=[
                (
                    "page",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="entry",
                        serialize=False,
                        to="wagtailcore.page",
                    ),
                ),
                ("language", models.CharField(max_length=5)),
                ("title", models.TextField()),
                ("summary", models.TextField()),
                ("facts", models.TextField()),
                ("body", models.TextField()),
                (
                    "search_vector",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Func(
                            "language",
                            models.F("title"),
                            django.db.models.functions.text.Concat(
                                models.F("summary"),
                                models.Value(" "),
                                models.F("facts"),
                                output_field=models.TextField(),
                            ),
                            models.F("body"),
                            models.Value(""),
                            function="hub_vector",
                            output_field=django.contrib.postgres.search.SearchVectorField(),
                        ),
                        output_field=django.contrib.postgres.search.SearchVectorField(),
                    ),
                ),
            ],
            options={
                "verbose_name": "page entry",
                "default_permissions": (),
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(fields=["search_vector"], name="page_entry_search")
                ],
            },
        ),
    ]
