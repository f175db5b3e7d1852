import django.contrib.postgres.indexes
from django.db import migrations, models


class Migration(migrations.Migration):
    """Titles as they are compared: a search of the whole site puts first what is called so."""

    dependencies = [("practices", "0083_submission_waits_for_its_sender"), ("hub", "0092_words_of_the_site")]

    operations = [
        migrations.AddField(
            model_name="practicetext",
            name="plain_title",
            field=models.GeneratedField(
                db_persist=True,
                expression=models.Func("title", function="hub_plain", output_field=models.TextField()),
                output_field=models.TextField(),
            ),
        ),
        migrations.AddIndex(
            model_name="practicetext",
            index=django.contrib.postgres.indexes.GinIndex(
                django.contrib.postgres.indexes.OpClass(models.F("plain_title"), "gin_trgm_ops"),
                name="practice_text_title",
            ),
        ),
    ]
