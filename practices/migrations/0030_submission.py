import uuid

import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

import practices.models.submission


class Migration(migrations.Migration):
    """What people from outside tell about a practice, how it goes on, and the files that come with it."""

    dependencies = [
        ("practices", "0021_followed_searches"),
        ("wagtailcore", "0097_baselogentry_uuid_action_timestamp_indexes"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Submission",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("is_update", models.BooleanField(default=False, verbose_name="update of a published practice")),
                ("language", models.CharField(max_length=5, verbose_name="language")),
                ("title", models.CharField(blank=True, max_length=160, verbose_name="title")),
                ("answers", models.JSONField(blank=True, default=dict, verbose_name="answers")),
                ("base", models.JSONField(blank=True, default=dict, editable=False)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("draft", "draft"),
                            ("submitted", "under review"),
                            ("questions", "waiting for your answer"),
                            ("refused", "refused"),
                            ("published", "published"),
                            ("withdrawn", "withdrawn"),
                        ],
                        default="draft",
                        max_length=10,
                        verbose_name="status",
                    ),
                ),
                ("reason", models.TextField(blank=True, verbose_name="reason for the refusal")),
                ("consent_wording", models.TextField(blank=True, verbose_name="wording agreed to")),
                (
                    "created_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name="begun at"
                    ),
                ),
                (
                    "changed_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name="changed at"
                    ),
                ),
                ("sent_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="sent at")),
                ("decided_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="decided at")),
                (
                    "practice",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="submissions",
                        to="practices.practice",
                        verbose_name="practice",
                    ),
                ),
                (
                    "revision",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        help_text="The first one that holds these words.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="wagtailcore.revision",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="submissions",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="sent by",
                    ),
                ),
            ],
            options={
                "verbose_name": "submission",
                "verbose_name_plural": "submissions",
                "ordering": ["-changed_at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="SubmissionEvent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "what",
                    models.CharField(
                        choices=[
                            ("sent", "Sent to the centre"),
                            ("eligible", "It fits the library; the assessment begins"),
                            ("question", "The centre asks"),
                            ("answered", "Answered and sent again"),
                            ("resumed", "The centre goes on without an answer"),
                            ("refused", "Refused"),
                            ("published", "Published"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        max_length=10,
                        verbose_name="what happened",
                    ),
                ),
                (
                    "by",
                    models.CharField(
                        choices=[("submitter", "who sent it"), ("centre", "the centre")],
                        max_length=10,
                        verbose_name="by",
                    ),
                ),
                ("note", models.TextField(blank=True, verbose_name="note")),
                (
                    "at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name="at"
                    ),
                ),
                (
                    "submission",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="events",
                        to="practices.submission",
                        verbose_name="submission",
                    ),
                ),
            ],
            options={
                "verbose_name": "step of a submission",
                "verbose_name_plural": "steps of submissions",
                "ordering": ["at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="SubmissionFile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("name", models.CharField(max_length=120, verbose_name="name")),
                (
                    "file",
                    models.FileField(
                        max_length=200, upload_to=practices.models.submission.private_place, verbose_name="file"
                    ),
                ),
                ("size", models.PositiveIntegerField(verbose_name="size")),
                (
                    "uploaded_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name="uploaded at"
                    ),
                ),
                (
                    "submission",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="files",
                        to="practices.submission",
                        verbose_name="submission",
                    ),
                ),
            ],
            options={
                "verbose_name": "file of a submission",
                "verbose_name_plural": "files of submissions",
                "ordering": ["pk"],
            },
        ),
        migrations.AddIndex(
            model_name="submission",
            index=models.Index(fields=["status", "changed_at"], name="submission_status_changed"),
        ),
        migrations.AddConstraint(
            model_name="submission",
            constraint=models.UniqueConstraint(
                condition=models.Q(("status__in", ["submitted", "questions"])),
                fields=("practice",),
                name="submission_one_under_review_per_practice",
            ),
        ),
        migrations.AddConstraint(
            model_name="submission",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("status__in", ["draft", "withdrawn"]),
                    models.Q(("sent_at__isnull", False), models.Q(("consent_wording", ""), _negated=True)),
                    _connector="OR",
                ),
                name="submission_sent_with_consent",
            ),
        ),
        migrations.AddConstraint(
            model_name="submission",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("decided_at__isnull", True), ("status__in", ["draft", "submitted", "questions"])),
                    models.Q(("decided_at__isnull", False), ("status__in", ["refused", "published", "withdrawn"])),
                    _connector="OR",
                ),
                name="submission_decided_has_a_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="submission",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status", "refused"), _negated=True),
                    models.Q(("reason", ""), _negated=True),
                    _connector="OR",
                ),
                name="submission_refused_has_a_reason",
            ),
        ),
    ]
