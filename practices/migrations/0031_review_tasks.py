import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """The two steps of the review that what comes from outside goes through."""

    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
        ("practices", "0030_submission"),
        ("wagtailcore", "0097_baselogentry_uuid_action_timestamp_indexes"),
    ]

    operations = [
        migrations.CreateModel(
            name="AssessmentTask",
            fields=[
                (
                    "task_ptr",
                    models.OneToOneField(
                        auto_created=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        parent_link=True,
                        primary_key=True,
                        serialize=False,
                        to="wagtailcore.task",
                    ),
                ),
                (
                    "groups",
                    models.ManyToManyField(
                        help_text="Who reviews at this step.",
                        related_name="+",
                        to="auth.group",
                        verbose_name="groups",
                    ),
                ),
            ],
            options={"verbose_name": "assessment of a practice", "verbose_name_plural": "assessments of practices"},
            bases=("wagtailcore.task",),
        ),
        migrations.CreateModel(
            name="EligibilityTask",
            fields=[
                (
                    "task_ptr",
                    models.OneToOneField(
                        auto_created=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        parent_link=True,
                        primary_key=True,
                        serialize=False,
                        to="wagtailcore.task",
                    ),
                ),
                (
                    "groups",
                    models.ManyToManyField(
                        help_text="Who reviews at this step.",
                        related_name="+",
                        to="auth.group",
                        verbose_name="groups",
                    ),
                ),
            ],
            options={
                "verbose_name": "eligibility check of a practice",
                "verbose_name_plural": "eligibility checks of practices",
            },
            bases=("wagtailcore.task",),
        ),
    ]
