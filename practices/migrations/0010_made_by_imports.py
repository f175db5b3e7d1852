from django.db import migrations, models


class Migration(migrations.Migration):
    """The result of an import leads to what it made: its upload keeps the keys for the day that it lasts."""

    dependencies = [("practices", "0009_in_order")]
    operations = [
        migrations.AddField(model_name="practiceimport", name="made", field=models.JSONField(default=dict)),
    ]
