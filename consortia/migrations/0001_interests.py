import uuid

import django.db.models.deletion
import django.db.models.functions.datetime
import django.db.models.functions.text
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("calls", "0001_calls"),
        ("hub", "0002_pages_and_vocabularies"),
        ("partners", "0001_organisations"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Interest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("organisation_name", models.CharField(max_length=160, verbose_name="organisation")),
                ("contact_name", models.CharField(max_length=120, verbose_name="contact")),
                ("email", models.EmailField(max_length=254, verbose_name="e-mail address")),
                ("language", models.CharField(max_length=5, verbose_name="language")),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("lead", "lead a partnership"),
                            ("partner", "join as a partner"),
                            ("either", "either of the two"),
                        ],
                        default="either",
                        max_length=10,
                        verbose_name="role",
                    ),
                ),
                (
                    "motivation",
                    models.TextField(blank=True, max_length=2000, verbose_name="what you bring and what you look for"),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("pending", "waiting for confirmation"),
                            ("confirmed", "confirmed"),
                            ("withdrawn", "withdrawn"),
                        ],
                        default="pending",
                        max_length=10,
                        verbose_name="status",
                    ),
                ),
                ("consent_wording", models.TextField(verbose_name="wording agreed to")),
                (
                    "proposed",
                    models.JSONField(
                        blank=True, editable=False, null=True, verbose_name="answers that wait for confirmation"
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), verbose_name="registered at"
                    ),
                ),
                ("confirmed_at", models.DateTimeField(blank=True, null=True, verbose_name="confirmed at")),
                (
                    "call",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="interests",
                        to="calls.call",
                        verbose_name="call",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="interests",
                        to="partners.organisation",
                        verbose_name="organisation in the directory",
                    ),
                ),
                (
                    "sector",
                    models.ForeignKey(
                        limit_choices_to={"vocabulary": "sector"},
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="hub.term",
                        verbose_name="sector",
                    ),
                ),
                (
                    "tracks",
                    models.ManyToManyField(
                        limit_choices_to={"vocabulary": "track"},
                        related_name="+",
                        to="hub.term",
                        verbose_name="action tracks",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="interests",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="user",
                    ),
                ),
            ],
            options={
                "verbose_name": "interest",
                "verbose_name_plural": "interests",
                "ordering": ["-created_at", "-pk"],
                "constraints": [
                    models.UniqueConstraint(
                        models.F("call"),
                        django.db.models.functions.text.Lower("email"),
                        django.db.models.functions.text.Lower("organisation_name"),
                        name="interest_once_per_call_address_organisation",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "confirmed"), _negated=True),
                            ("confirmed_at__isnull", False),
                            _connector="OR",
                        ),
                        name="interest_confirmed_has_a_time",
                    ),
                ],
            },
        ),
    ]
