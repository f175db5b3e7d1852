from django.db import migrations, models

_WAITING = models.Q(status__in=["queued", "sending"])


class Migration(migrations.Migration):
    """The waiting mails in the order in which they leave."""

    dependencies = [("notifications", "0004_message_about_and_address")]

    operations = [
        migrations.RemoveIndex(model_name="message", name="message_waiting"),
        migrations.AddIndex(
            model_name="message",
            index=models.Index(fields=["due_at", "id"], name="message_waiting", condition=_WAITING),
        ),
    ]
