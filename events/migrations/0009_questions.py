import django.db.models.deletion
import i18nfield.fields
import modelcluster.fields
from django.db import migrations, models


def _answer(verbose_name: str, plural: str, constraint: str) -> dict[str, object]:
    return {
        "fields": [
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("value", models.JSONField(verbose_name="answer")),
            (
                "registration",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.CASCADE, related_name="%(class)ss", to="events.registration"
                ),
            ),
            (
                "question",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.CASCADE, related_name="%(class)ss", to="events.question"
                ),
            ),
        ],
        "options": {
            "verbose_name": verbose_name,
            "verbose_name_plural": plural,
            "constraints": [models.UniqueConstraint(fields=("registration", "question"), name=constraint)],
        },
    }


class Migration(migrations.Migration):
    """Organisers ask questions of their own; sensitive answers stand in a table of theirs."""

    dependencies = [("events", "0008_seats_agree")]

    operations = [
        migrations.CreateModel(
            name="Question",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sort_order", models.IntegerField(blank=True, editable=False, null=True)),
                ("label", i18nfield.fields.I18nCharField(verbose_name="question")),
                (
                    "why",
                    i18nfield.fields.I18nCharField(
                        blank=True, help_text="Stands below the question.", verbose_name="why you ask"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("text", "text"),
                            ("choice", "one of several"),
                            ("choices", "any of several"),
                            ("yes_no", "yes or no"),
                        ],
                        default="text",
                        max_length=10,
                        verbose_name="kind of answer",
                    ),
                ),
                (
                    "options",
                    i18nfield.fields.I18nTextField(
                        blank=True,
                        help_text="One per line, in the same order in each language.",
                        verbose_name="choices",
                    ),
                ),
                ("is_required", models.BooleanField(default=False, verbose_name="must be answered")),
                (
                    "is_sensitive",
                    models.BooleanField(
                        default=False,
                        help_text="About health, belief or the like: the answers are kept apart and deleted after the "
                        "event.",
                        verbose_name="sensitive",
                    ),
                ),
                (
                    "event",
                    modelcluster.fields.ParentalKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="questions", to="events.event"
                    ),
                ),
            ],
            options={
                "verbose_name": "question of an event",
                "verbose_name_plural": "questions of events",
                "ordering": ["sort_order"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Answer",
            **_answer(
                "answer to a question of an event",
                "answers to questions of events",
                "event_answer_once",
            ),
        ),
        migrations.CreateModel(
            name="SensitiveAnswer",
            **_answer(
                "sensitive answer to a question of an event",
                "sensitive answers to questions of events",
                "event_sensitive_answer_once",
            ),
        ),
    ]
