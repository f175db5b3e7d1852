from django.db import migrations, models


class Migration(migrations.Migration):
    """A fact's parts are found by prefix, whatever the database's collation."""

    dependencies = [("notifications", "0001_initial")]

    operations = [
        migrations.RemoveIndex(model_name="message", name="message_about"),
        migrations.AddIndex(
            model_name="message",
            index=models.Index(fields=["about"], opclasses=["varchar_pattern_ops"], name="message_about"),
        ),
    ]
