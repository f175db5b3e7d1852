import django.core.validators
import django.db.models.deletion
import django.db.models.functions.datetime
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """Organisations form a consortium for a call and sign off on it; staff set what a call asks of one."""

    dependencies = [
        ("calls", "0002_changes_stay"),
        ("consortia", "0001_interests"),
        ("hub", "0004_content_changes"),
        ("partners", "0002_earlier_slugs"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="CallRules",
            fields=[
                (
                    "call",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="consortium_rules",
                        serialize=False,
                        to="calls.call",
                        verbose_name="call",
                    ),
                ),
                (
                    "organisations",
                    models.PositiveSmallIntegerField(
                        db_default=0,
                        default=0,
                        validators=[django.core.validators.MaxValueValidator(50)],
                        verbose_name="organisations, the lead included",
                    ),
                ),
                (
                    "countries",
                    models.PositiveSmallIntegerField(
                        db_default=0,
                        default=0,
                        validators=[django.core.validators.MaxValueValidator(50)],
                        verbose_name="different countries",
                    ),
                ),
                (
                    "sectors",
                    models.PositiveSmallIntegerField(
                        db_default=0,
                        default=0,
                        validators=[django.core.validators.MaxValueValidator(50)],
                        verbose_name="different sectors",
                    ),
                ),
                (
                    "tracks",
                    models.PositiveSmallIntegerField(
                        db_default=0,
                        default=0,
                        validators=[django.core.validators.MaxValueValidator(50)],
                        verbose_name="different action tracks",
                    ),
                ),
            ],
            options={
                "verbose_name": "rules for consortia",
                "verbose_name_plural": "rules for consortia",
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Consortium",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("name", models.CharField(max_length=120, verbose_name="name")),
                ("summary", models.JSONField(default=dict, verbose_name="summary")),
                (
                    "status",
                    models.CharField(
                        choices=[("draft", "draft"), ("given_up", "given up")],
                        default="draft",
                        max_length=10,
                        verbose_name="status",
                    ),
                ),
                (
                    "changed_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), verbose_name="changed at"
                    ),
                ),
                (
                    "call",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="consortia",
                        to="calls.call",
                        verbose_name="call",
                    ),
                ),
            ],
            options={
                "verbose_name": "consortium",
                "verbose_name_plural": "consortia",
                "ordering": ["-changed_at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="Entry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("action", models.CharField(max_length=30, verbose_name="action")),
                ("organisation_name", models.CharField(max_length=160, verbose_name="organisation")),
                ("about_name", models.CharField(blank=True, default="", max_length=160, verbose_name="about")),
                ("note", models.TextField(blank=True, default="", max_length=1000, verbose_name="note")),
                ("at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), verbose_name="at")),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="by",
                    ),
                ),
                (
                    "consortium",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="entries",
                        to="consortia.consortium",
                        verbose_name="consortium",
                    ),
                ),
            ],
            options={
                "verbose_name": "entry in the log of a consortium",
                "verbose_name_plural": "entries in the logs of consortia",
                "ordering": ["-pk"],
            },
        ),
        migrations.CreateModel(
            name="Member",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("invited", "invited"),
                            ("joined", "takes part"),
                            ("declined", "declined"),
                            ("withdrawn", "invitation taken back"),
                            ("left", "left"),
                            ("removed", "removed"),
                        ],
                        default="invited",
                        max_length=10,
                        verbose_name="status",
                    ),
                ),
                ("is_lead", models.BooleanField(default=False, verbose_name="leads")),
                (
                    "role",
                    models.CharField(
                        choices=[("partner", "partner"), ("associate", "associate, without funding")],
                        default="partner",
                        max_length=10,
                        verbose_name="role",
                    ),
                ),
                (
                    "consortium",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="members",
                        to="consortia.consortium",
                        verbose_name="consortium",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="partners.organisation",
                        verbose_name="organisation",
                    ),
                ),
                (
                    "tracks",
                    models.ManyToManyField(
                        blank=True,
                        limit_choices_to={"vocabulary": "track"},
                        related_name="+",
                        to="hub.term",
                        verbose_name="action tracks",
                    ),
                ),
            ],
            options={
                "verbose_name": "member",
                "verbose_name_plural": "members",
                "ordering": ["-is_lead", "pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("consortium", "organisation"), name="consortium_member_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("is_lead", True)), fields=("consortium",), name="consortium_one_lead"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("is_lead", False), ("status", "joined"), _connector="OR"),
                        name="consortium_lead_takes_part",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Version",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField(verbose_name="version")),
                ("text", models.JSONField(verbose_name="text")),
                ("digest", models.CharField(max_length=64, verbose_name="digest")),
                (
                    "made_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), verbose_name="made at"),
                ),
                (
                    "consortium",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="versions",
                        to="consortia.consortium",
                        verbose_name="consortium",
                    ),
                ),
            ],
            options={
                "verbose_name": "version of a consortium",
                "verbose_name_plural": "versions of consortia",
                "ordering": ["-number"],
                "constraints": [
                    models.UniqueConstraint(fields=("consortium", "number"), name="consortium_version_once"),
                ],
            },
        ),
        migrations.CreateModel(
            name="SignOff",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("is_confirmed", models.BooleanField(verbose_name="confirmed")),
                ("reason", models.TextField(blank=True, default="", max_length=1000, verbose_name="reason")),
                ("at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), verbose_name="at")),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="by",
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="sign_offs",
                        to="consortia.member",
                        verbose_name="member",
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="sign_offs",
                        to="consortia.version",
                        verbose_name="version",
                    ),
                ),
            ],
            options={
                "verbose_name": "sign-off",
                "verbose_name_plural": "sign-offs",
                "ordering": ["-pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("is_confirmed", True)),
                        fields=("member", "version"),
                        name="sign_off_once_per_member_and_version",
                    ),
                ],
            },
        ),
    ]
