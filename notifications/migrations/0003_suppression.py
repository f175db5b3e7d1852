from django.db import migrations, models
from django.db.models.functions import Lower, Now


class Migration(migrations.Migration):
    """Addresses that mail servers refused for good, and finding the mails of one address."""

    dependencies = [("notifications", "0002_message_about_by_prefix")]

    operations = [
        migrations.CreateModel(
            name="Suppression",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("email", models.EmailField(max_length=254, verbose_name="e-mail address")),
                ("reason", models.TextField(verbose_name="what the mail server said")),
                ("created_at", models.DateTimeField(db_default=Now(), verbose_name="since")),
                ("tried_at", models.DateTimeField(blank=True, null=True, verbose_name="last tried")),
            ],
            options={
                "verbose_name": "refused address",
                "verbose_name_plural": "refused addresses",
                "ordering": ["-created_at", "-pk"],
                "constraints": [models.UniqueConstraint(Lower("email"), name="suppression_once_per_address")],
            },
        ),
        migrations.AddIndex(
            model_name="message",
            index=models.Index(Lower("to_email"), name="message_to"),
        ),
    ]
