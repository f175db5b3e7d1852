from django.db import migrations, models


class Migration(migrations.Migration):
    """Whether somebody heard of a fact is asked for every follower at once: the address stands in the index too."""

    dependencies = [("notifications", "0003_suppression")]

    operations = [
        migrations.RemoveIndex(model_name="message", name="message_about"),
        migrations.AddIndex(
            model_name="message",
            index=models.Index(
                fields=["about", "to_email"],
                opclasses=["varchar_pattern_ops", "varchar_ops"],
                name="message_about",
            ),
        ),
    ]
