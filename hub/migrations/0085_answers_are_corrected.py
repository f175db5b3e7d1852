from django.db import migrations, models


class Migration(migrations.Migration):
    """When the words of a public answer were last replaced."""

    dependencies = [("hub", "0081_synonyms_of_terms")]

    operations = [
        migrations.AddField(
            model_name="question",
            name="corrected_at",
            field=models.DateTimeField(
                blank=True,
                editable=False,
                help_text="When words that people could read already were last replaced.",
                null=True,
                verbose_name="answer corrected at",
            ),
        ),
    ]
