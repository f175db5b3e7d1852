import uuid

import django.db.models.deletion
import django.db.models.functions.comparison
import django.db.models.functions.datetime
import django.db.models.functions.text
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "__first__"),
        ("calls", "0001_calls"),
        ("hub", "0002_pages_and_vocabularies"),
        ("partners", "0001_organisations"),
    ]

    operations = [
        migrations.CreateModel(
            name="Contribution",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("how", models.CharField(blank=True, db_default="", default="", max_length=300, verbose_name="how")),
                (
                    "track",
                    models.ForeignKey(
                        limit_choices_to={"vocabulary": "track"},
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="hub.term",
                        verbose_name="action track",
                    ),
                ),
            ],
            options={
                "verbose_name": "contribution",
                "verbose_name_plural": "contributions",
                "ordering": ["track__position", "pk"],
            },
        ),
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
                            ("associate", "join as an associate, without funding"),
                            ("either", "lead or join as a partner"),
                        ],
                        default="either",
                        max_length=10,
                        verbose_name="role",
                    ),
                ),
                ("offers", models.TextField(blank=True, max_length=2000, verbose_name="what it offers")),
                (
                    "looks_for",
                    models.TextField(
                        blank=True, db_default="", default="", max_length=2000, verbose_name="what it looks for"
                    ),
                ),
                (
                    "is_shown",
                    models.BooleanField(
                        db_default=False, default=False, verbose_name="others may see that it is interested"
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("pending", "waiting for confirmation"),
                            ("confirmed", "confirmed"),
                            ("withdrawn", "withdrawn"),
                            ("merged", "merged with another one"),
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
                    "merged_into",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="merged",
                        to="consortia.interest",
                        verbose_name="merged with",
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
                    "seeks",
                    models.ManyToManyField(
                        blank=True,
                        limit_choices_to={"vocabulary__in": ["track", "sector"]},
                        related_name="+",
                        to="hub.term",
                        verbose_name="action tracks and sectors that it seeks",
                    ),
                ),
                (
                    "tracks",
                    models.ManyToManyField(
                        limit_choices_to={"vocabulary": "track"},
                        related_name="+",
                        through="consortia.Contribution",
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
                        models.Func("organisation_name", function="hub_plain", output_field=models.TextField()),
                        condition=models.Q(("merged_into", None)),
                        name="interest_once_per_call_address_and_organisation",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("status__in", ["pending", "confirmed"])),
                        fields=("call", "organisation"),
                        name="interest_one_of_an_organisation_stands",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "confirmed"), _negated=True),
                            ("confirmed_at__isnull", False),
                            _connector="OR",
                        ),
                        name="interest_confirmed_has_a_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "merged"), _negated=True),
                            ("merged_into__isnull", False),
                            _connector="OR",
                        ),
                        name="interest_merged_into_another",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="contribution",
            name="interest",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="contributions",
                to="consortia.interest",
                verbose_name="interest",
            ),
        ),
        migrations.CreateModel(
            name="Introduction",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("message", models.TextField(max_length=2000, verbose_name="message")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("waiting", "waiting for an answer"),
                            ("accepted", "accepted"),
                            ("declined", "declined"),
                            ("withdrawn", "taken back"),
                        ],
                        default="waiting",
                        max_length=10,
                        verbose_name="status",
                    ),
                ),
                (
                    "asked_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), verbose_name="asked at"),
                ),
                ("answered_at", models.DateTimeField(blank=True, null=True, verbose_name="answered at")),
                (
                    "note",
                    models.TextField(
                        blank=True, default="", max_length=2000, verbose_name="a few words with the answer"
                    ),
                ),
                (
                    "answered_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="answered by",
                    ),
                ),
                (
                    "asked_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="asked by",
                    ),
                ),
                (
                    "call",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="introductions",
                        to="calls.call",
                        verbose_name="call",
                    ),
                ),
                (
                    "from_organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="partners.organisation",
                        verbose_name="organisation that asks",
                    ),
                ),
                (
                    "to_organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="partners.organisation",
                        verbose_name="organisation that is asked",
                    ),
                ),
            ],
            options={
                "verbose_name": "introduction",
                "verbose_name_plural": "introductions",
                "ordering": ["-asked_at", "-pk"],
                "constraints": [
                    models.UniqueConstraint(
                        models.F("call"),
                        django.db.models.functions.comparison.Least("from_organisation", "to_organisation"),
                        django.db.models.functions.comparison.Greatest("from_organisation", "to_organisation"),
                        condition=models.Q(("status", "withdrawn"), _negated=True),
                        name="introduction_once_per_call_and_pair",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("from_organisation", models.F("to_organisation")), _negated=True),
                        name="introduction_to_another_organisation",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answered_at__isnull", False), ("status__in", ["accepted", "declined"])),
                            models.Q(("answered_at__isnull", True), ("status__in", ["waiting", "withdrawn"])),
                            _connector="OR",
                        ),
                        name="introduction_answered_at_a_time",
                    ),
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="contribution",
            constraint=models.UniqueConstraint(fields=("interest", "track"), name="contribution_once_per_track"),
        ),
    ]
