from pathlib import Path

import django.contrib.postgres.indexes
from django.db import migrations, models

_SQL = (Path(__file__).parent.parent / "sql" / "site_words.sql").read_text(encoding="utf-8")


class Migration(migrations.Migration):
    """Pages say what kind of thing they are found as; searches of the whole site know the words that stand there.

    `setup` fills both for pages that are there already, as it did when they got their entries.
    """

    dependencies = [
        ("hub", "0091_plain_names"),
        ("wagtailcore", "0097_baselogentry_uuid_action_timestamp_indexes"),
    ]

    operations = [
        migrations.RunSQL(_SQL, ["DROP FUNCTION hub_side_by_side(text, text)", "DROP FUNCTION hub_words(text)"]),
        migrations.RunSQL("DELETE FROM hub_pageentry", "", elidable=True),
        migrations.CreateModel(
            name="SiteWord",
            fields=[
                ("plain", models.CharField(max_length=60, primary_key=True, serialize=False)),
                ("word", models.CharField(max_length=60)),
            ],
            options={"verbose_name": "word of the site", "default_permissions": ()},
        ),
        migrations.AddField(
            model_name="pageentry", name="kind", field=models.CharField(default="page", max_length=20), preserve_default=False
        ),
        migrations.AddField(model_name="pageentry", name="fact", field=models.PositiveBigIntegerField(null=True)),
        migrations.AddField(model_name="pageentry", name="moment", field=models.DateTimeField(null=True)),
        migrations.AddField(model_name="pageentry", name="learnt", field=models.BooleanField(default=False)),
        migrations.AddIndex(
            model_name="pageentry",
            index=models.Index(
                condition=models.Q(("fact__isnull", False)), fields=["kind", "fact"], name="page_entry_fact"
            ),
        ),
        migrations.AddIndex(
            model_name="siteword",
            index=django.contrib.postgres.indexes.GistIndex(
                django.contrib.postgres.indexes.OpClass(models.F("plain"), "gist_trgm_ops"), name="site_word_alike"
            ),
        ),
        migrations.AddIndex(
            model_name="siteword",
            index=models.Index(
                django.contrib.postgres.indexes.OpClass(models.F("plain"), "text_pattern_ops"),
                name="site_word_beginning",
            ),
        ),
    ]
