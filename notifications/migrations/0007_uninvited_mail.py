from django.db import migrations, models


class Migration(migrations.Migration):
    """Counts the mails that strangers cause in a mailbox."""

    dependencies = [("notifications", "0006_pause")]

    operations = [
        migrations.CreateModel(
            name="UninvitedMail",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("mailbox", models.CharField(editable=False, max_length=64)),
                ("source", models.CharField(editable=False, max_length=64)),
                ("due_at", models.DateTimeField(editable=False)),
            ],
            options={
                "verbose_name": "mail that a stranger caused",
                "verbose_name_plural": "mails that strangers caused",
                "indexes": [models.Index(fields=["mailbox", "due_at"], name="uninvited_mailbox_due")],
            },
        ),
    ]
