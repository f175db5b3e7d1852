import django.db.models.functions.datetime
from django.db import migrations, models


class Migration(migrations.Migration):
    """Mail that stands still, and why."""

    dependencies = [("notifications", "0005_message_waiting_in_order")]

    operations = [
        migrations.CreateModel(
            name="Pause",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "domain",
                    models.CharField(
                        blank=True, help_text="Empty: all mail.", max_length=254, unique=True, verbose_name="domain"
                    ),
                ),
                (
                    "fault",
                    models.CharField(
                        choices=[
                            ("refused", "the mail server refuses our mail"),
                            ("away", "the mail server does not answer"),
                        ],
                        default="refused",
                        max_length=10,
                        verbose_name="fault",
                    ),
                ),
                ("reason", models.TextField(verbose_name="what the mail server said")),
                (
                    "since",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), verbose_name="since"),
                ),
                ("until", models.DateTimeField(verbose_name="tried again at")),
                ("refusals", models.PositiveIntegerField(default=1, verbose_name="refusals in a row")),
                (
                    "refused_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), verbose_name="last refused"
                    ),
                ),
                (
                    "asked_for",
                    models.CharField(
                        blank=True,
                        help_text="Another is tried first.",
                        max_length=254,
                        verbose_name="domain of the mail refused last",
                    ),
                ),
            ],
            options={
                "verbose_name": "pause of the mail",
                "verbose_name_plural": "pauses of the mail",
                "ordering": ["domain"],
            },
        ),
    ]
