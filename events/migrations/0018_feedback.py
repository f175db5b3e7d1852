import uuid

import django.db.models.deletion
import i18nfield.fields
import modelcluster.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    """What people thought of an event, and apart from it who has said so: new tables."""

    dependencies = [("events", "0017_materials")]
    operations = [
        migrations.CreateModel(
            name="FeedbackQuestion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sort_order", models.IntegerField(blank=True, editable=False, null=True)),
                ("label", i18nfield.fields.I18nCharField(verbose_name="question")),
                (
                    "kind",
                    models.CharField(
                        choices=[("rating", "a mark from 1 to 5"), ("text", "a text")],
                        default="rating",
                        max_length=10,
                        verbose_name="answered by",
                    ),
                ),
                (
                    "event",
                    modelcluster.fields.ParentalKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="feedback_questions",
                        to="events.event",
                        verbose_name="event",
                    ),
                ),
            ],
            options={
                "verbose_name": "question about an event",
                "verbose_name_plural": "questions about an event",
                "ordering": ["sort_order"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="FeedbackGiven",
            fields=[
                (
                    "registration",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="feedback_given",
                        serialize=False,
                        to="events.registration",
                    ),
                ),
            ],
            options={
                "verbose_name": "feedback given",
                "verbose_name_plural": "feedback given",
            },
        ),
        migrations.CreateModel(
            name="FeedbackAnswer",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "standard",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("overall", "How was it, all in all?"),
                            ("worked", "What worked well?"),
                            ("change", "What would you change?"),
                        ],
                        max_length=10,
                    ),
                ),
                ("mark", models.PositiveSmallIntegerField(null=True)),
                ("text", models.TextField(blank=True, max_length=2000)),
                (
                    "event",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="feedback", to="events.event"
                    ),
                ),
                (
                    "question",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="answers",
                        to="events.feedbackquestion",
                    ),
                ),
            ],
            options={
                "verbose_name": "answer about an event",
                "verbose_name_plural": "answers about an event",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("question", None), models.Q(("standard", ""), _negated=True)),
                            models.Q(("question__isnull", False), ("standard", "")),
                            _connector="OR",
                        ),
                        name="feedback_answers_one_question",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("mark__gte", 1), ("mark__isnull", False), ("mark__lte", 5), ("text", "")),
                            models.Q(("mark", None), models.Q(("text", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="feedback_is_a_mark_or_a_text",
                    ),
                ],
            },
        ),
    ]
