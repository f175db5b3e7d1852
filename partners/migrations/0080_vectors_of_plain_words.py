import django.contrib.postgres.indexes
import django.contrib.postgres.search
from django.db import migrations, models


class Migration(migrations.Migration):
    """Organisations are found however their words are typed; the database makes the vectors anew."""

    dependencies = [("partners", "0060_earlier_slugs"), ("hub", "0080_one_way_to_write_words")]

    operations = [
        migrations.RemoveIndex(model_name="organisationtext", name="organisation_text_search"),
        migrations.RemoveField(model_name="organisationtext", name="search_vector"),
        migrations.AddField(
            model_name="organisationtext",
            name="search_vector",
            field=models.GeneratedField(
                db_persist=True,
                editable=False,
                expression=models.Func(
                    "language",
                    models.Value(""),
                    models.F("summary"),
                    models.F("body"),
                    models.Value(""),
                    function="hub_vector",
                    output_field=django.contrib.postgres.search.SearchVectorField(),
                ),
                output_field=django.contrib.postgres.search.SearchVectorField(),
            ),
        ),
        migrations.AddIndex(
            model_name="organisationtext",
            index=django.contrib.postgres.indexes.GinIndex(fields=["search_vector"], name="organisation_text_search"),
        ),
    ]
