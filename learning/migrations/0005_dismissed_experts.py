from django.db import migrations, models


class Migration(migrations.Migration):
    """Links by which experts were asked before one of them was dismissed put nobody onto the page at once."""

    dependencies = [("learning", "0004_citations_stay")]
    operations = [
        migrations.AddField(
            model_name="question",
            name="experts_dismissed_at",
            field=models.DateTimeField(editable=False, null=True, verbose_name="an expert was dismissed at"),
        ),
    ]
