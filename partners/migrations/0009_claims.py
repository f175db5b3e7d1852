import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """Who asks to manage which profile: a new table."""

    dependencies = [
        ("partners", "0008_similar_organisations"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = [
        migrations.CreateModel(
            name="Claim",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("is_new", models.BooleanField(default=False, verbose_name="proposes a new profile")),
                ("position", models.CharField(max_length=120, verbose_name="what you do there")),
                ("message", models.TextField(blank=True, max_length=2000, verbose_name="what the centre should know")),
                ("is_from_elsewhere", models.BooleanField(default=False, verbose_name="mail address at another domain")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("waiting", "waiting for the centre"),
                            ("accepted", "accepted"),
                            ("refused", "refused"),
                            ("withdrawn", "withdrawn"),
                        ],
                        default="waiting",
                        max_length=10,
                        verbose_name="status",
                    ),
                ),
                ("reason", models.TextField(blank=True, max_length=2000, verbose_name="reason")),
                (
                    "created_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), verbose_name="sent at"),
                ),
                ("decided_at", models.DateTimeField(blank=True, null=True, verbose_name="decided at")),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="claims",
                        to="partners.organisation",
                        verbose_name="organisation",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="organisation_claims",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="person",
                    ),
                ),
            ],
            options={
                "verbose_name": "claim",
                "verbose_name_plural": "claims",
                "ordering": ["-created_at", "-pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(status="waiting"),
                        fields=("organisation", "user"),
                        name="claim_waits_once_per_organisation_and_person",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(status="waiting", decided_at=None)
                        | (~models.Q(status="waiting") & models.Q(decided_at__isnull=False)),
                        name="claim_decided_has_a_time",
                    ),
                ],
            },
        ),
    ]
