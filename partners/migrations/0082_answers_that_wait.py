from django.db import migrations, models


class Migration(migrations.Migration):
    """Other answers about a confirmed interest wait until its address says yes."""

    dependencies = [("partners", "0081_interests_of_proved_addresses")]

    operations = [
        migrations.AddField(
            model_name="interest",
            name="proposed",
            field=models.JSONField(
                blank=True, editable=False, null=True, verbose_name="answers that wait for confirmation"
            ),
        ),
    ]
