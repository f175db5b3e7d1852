import uuid

import django.db.models.deletion
import django.db.models.functions.datetime
import django.db.models.functions.text
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

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
        migrations.CreateModel(
            name="Subscription",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("email", models.EmailField(max_length=254, verbose_name="e-mail address")),
                ("topic", models.CharField(max_length=100, verbose_name="topic")),
                ("language", models.CharField(max_length=5, verbose_name="language")),
                (
                    "offsets",
                    models.JSONField(
                        blank=True,
                        default=list,
                        help_text="Hours before a deadline at which a reminder goes out.",
                        verbose_name="offsets",
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[("pending", "waiting for confirmation"), ("active", "active"), ("stopped", "stopped")],
                        default="pending",
                        max_length=10,
                        verbose_name="status",
                    ),
                ),
                ("consent_wording", models.TextField(verbose_name="wording agreed to")),
                (
                    "created_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), verbose_name="asked at"),
                ),
                ("confirmed_at", models.DateTimeField(blank=True, null=True, verbose_name="confirmed at")),
                ("stopped_at", models.DateTimeField(blank=True, null=True, verbose_name="stopped at")),
                (
                    "user",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="subscriptions",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="user",
                    ),
                ),
            ],
            options={
                "verbose_name": "subscription",
                "verbose_name_plural": "subscriptions",
                "ordering": ["-created_at", "-pk"],
                "indexes": [
                    models.Index(fields=["topic", "status"], name="subscription_topic_status"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        django.db.models.functions.text.Lower("email"),
                        models.F("topic"),
                        name="subscription_once_per_address_and_topic",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "active"), _negated=True),
                            ("confirmed_at__isnull", False),
                            _connector="OR",
                        ),
                        name="subscription_active_only_when_confirmed",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Message",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("kind", models.CharField(max_length=60, verbose_name="kind")),
                ("to_email", models.EmailField(max_length=254, verbose_name="to")),
                ("language", models.CharField(max_length=5, verbose_name="language")),
                ("context", models.JSONField(default=dict, verbose_name="content")),
                ("attachments", models.JSONField(blank=True, default=list, verbose_name="attachments")),
                ("about", models.CharField(blank=True, max_length=100, verbose_name="about")),
                ("dedupe_key", models.CharField(max_length=200, unique=True, verbose_name="key")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("queued", "queued"),
                            ("sending", "being sent"),
                            ("sent", "sent"),
                            ("failed", "failed"),
                            ("withdrawn", "withdrawn"),
                        ],
                        default="queued",
                        max_length=10,
                        verbose_name="status",
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), verbose_name="created at"
                    ),
                ),
                (
                    "due_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), verbose_name="due at"),
                ),
                (
                    "expires_at",
                    models.DateTimeField(
                        blank=True,
                        help_text="After this moment the message is withdrawn unsent.",
                        null=True,
                        verbose_name="useless after",
                    ),
                ),
                ("leased_until", models.DateTimeField(blank=True, null=True, verbose_name="taken until")),
                ("attempts", models.PositiveSmallIntegerField(default=0, verbose_name="attempts")),
                ("sent_at", models.DateTimeField(blank=True, null=True, verbose_name="sent at")),
                ("error", models.TextField(blank=True, verbose_name="reason")),
                ("subject", models.CharField(blank=True, max_length=300, verbose_name="subject as sent")),
                (
                    "subscription",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="messages",
                        to="notifications.subscription",
                        verbose_name="subscription",
                    ),
                ),
            ],
            options={
                "verbose_name": "message",
                "verbose_name_plural": "outbox",
                "ordering": ["-created_at", "-pk"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("status__in", ["queued", "sending"])),
                        fields=["due_at", "id"],
                        name="message_waiting",
                    ),
                    models.Index(
                        fields=["about", "to_email"],
                        name="message_about",
                        opclasses=["varchar_pattern_ops", "varchar_ops"],
                    ),
                    models.Index(fields=["status", "-created_at"], name="message_status_created"),
                    models.Index(django.db.models.functions.text.Lower("to_email"), name="message_to"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "sent"), _negated=True), ("sent_at__isnull", False), _connector="OR"
                        ),
                        name="message_sent_has_a_time",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Suppression",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("email", models.EmailField(max_length=254, verbose_name="e-mail address")),
                ("reason", models.TextField(verbose_name="what the mail server said")),
                (
                    "created_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), verbose_name="since"),
                ),
                ("tried_at", models.DateTimeField(blank=True, null=True, verbose_name="last tried")),
            ],
            options={
                "verbose_name": "refused address",
                "verbose_name_plural": "refused addresses",
                "ordering": ["-created_at", "-pk"],
                "constraints": [
                    models.UniqueConstraint(
                        django.db.models.functions.text.Lower("email"), name="suppression_once_per_address"
                    ),
                ],
            },
        ),
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
                "indexes": [
                    models.Index(fields=["mailbox", "due_at"], name="uninvited_mailbox_due"),
                ],
            },
        ),
    ]
