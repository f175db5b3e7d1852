import django.db.models.deletion
import django.db.models.functions.datetime
import i18nfield.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("hub", "0005_documents_of_calls"),
    ]

    operations = [
        migrations.CreateModel(
            name="Question",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("language", models.CharField(max_length=5, verbose_name="language it was asked in")),
                ("asked", models.TextField(blank=True, verbose_name="question as it was asked")),
                (
                    "wording",
                    i18nfield.fields.I18nTextField(
                        help_text="In as many languages as you can; leave out names.",
                        verbose_name="question as the page shows it",
                    ),
                ),
                ("answer", i18nfield.fields.I18nTextField(blank=True, default="", verbose_name="answer")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("waiting", "waiting"),
                            ("shown", "shown, without an answer"),
                            ("answered", "answered"),
                            ("refused", "refused"),
                        ],
                        default="waiting",
                        max_length=10,
                        verbose_name="status",
                    ),
                ),
                (
                    "refusal",
                    models.TextField(
                        blank=True,
                        help_text="For the asker alone, in the language of the question.",
                        verbose_name="reason for the refusal",
                    ),
                ),
                ("name", models.CharField(blank=True, max_length=120, verbose_name="name")),
                ("email", models.EmailField(blank=True, max_length=254, verbose_name="e-mail address")),
                ("fingerprint", models.CharField(blank=True, editable=False, max_length=64, null=True, unique=True)),
                (
                    "asked_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), verbose_name="asked at"),
                ),
                (
                    "decided_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="answered or refused at"),
                ),
                (
                    "call",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="questions",
                        to="hub.call",
                        verbose_name="call",
                    ),
                ),
            ],
            options={
                "verbose_name": "question",
                "verbose_name_plural": "questions",
                "ordering": [
                    models.OrderBy(models.F("decided_at"), descending=True, nulls_first=True),
                    "asked_at",
                    "pk",
                ],
                "indexes": [models.Index(fields=["call", "status"], name="question_call_status")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided_at__isnull", True), ("status__in", ["waiting", "shown"])),
                            models.Q(("decided_at__isnull", False), ("status__in", ["answered", "refused"])),
                            _connector="OR",
                        ),
                        name="question_decided_has_a_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "answered"), _negated=True),
                            models.Q(("answer__in", ["", "{}"]), _negated=True),
                            _connector="OR",
                        ),
                        name="question_answered_has_an_answer",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "refused"), _negated=True),
                            models.Q(("refusal", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="question_refused_has_a_reason",
                    ),
                ],
            },
        ),
    ]
