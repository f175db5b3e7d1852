import django.contrib.postgres.search
from django.db import migrations, models
from django.db.models.functions import Concat


class Migration(migrations.Migration):
    """Practices are found however their words are typed; the database makes the vectors anew."""

    dependencies = [("practices", "0060_earlier_slugs"), ("hub", "0080_one_way_to_write_words")]

    operations = [
        migrations.RemoveField(model_name="practicetext", name="search_vector"),
        migrations.AddField(
            model_name="practicetext",
            name="search_vector",
            field=models.GeneratedField(
                db_persist=True,
                editable=False,
                expression=models.Func(
                    "language",
                    models.F("title"),
                    models.F("summary"),
                    Concat(models.F("what"), models.Value(" "), models.F("results"), output_field=models.TextField()),
                    Concat(models.F("needs"), models.Value(" "), models.F("steps"), output_field=models.TextField()),
                    function="hub_vector",
                    output_field=django.contrib.postgres.search.SearchVectorField(),
                ),
                output_field=django.contrib.postgres.search.SearchVectorField(),
            ),
        ),
    ]
