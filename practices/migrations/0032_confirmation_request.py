import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """The question to an owner whether a practice is still as its page says."""

    dependencies = [("practices", "0031_review_tasks")]

    operations = [
        migrations.CreateModel(
            name="ConfirmationRequest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("known_on", models.DateField(verbose_name="last known to be true on")),
                ("asked_at", models.DateTimeField(verbose_name="asked at")),
                ("asked_again_at", models.DateTimeField(blank=True, null=True, verbose_name="asked again at")),
                ("answered_at", models.DateTimeField(blank=True, null=True, verbose_name="answered at")),
                (
                    "practice",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="confirmation_requests",
                        to="practices.practice",
                        verbose_name="practice",
                    ),
                ),
            ],
            options={
                "verbose_name": "request to confirm a practice",
                "verbose_name_plural": "requests to confirm practices",
                "ordering": ["-asked_at", "-pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("practice", "known_on"), name="confirmation_asked_once_per_day_known"
                    )
                ],
            },
        )
    ]
