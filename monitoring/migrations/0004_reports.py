import uuid

import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.datetime
import i18nfield.fields
import modelcluster.fields
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """Reports and their templates, the logbook; rows of figures get the moment at which they are written."""

    dependencies = [
        ("accounts", "__first__"),
        ("learning", "0004_citations_stay"),
        ("monitoring", "0003_comments"),
    ]

    operations = [
        migrations.CreateModel(
            name="Template",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", i18nfield.fields.I18nCharField(verbose_name="name")),
            ],
            options={
                "verbose_name": "template of reports",
                "verbose_name_plural": "templates of reports",
                "ordering": ["pk"],
            },
        ),
        migrations.AlterField(
            model_name="snapshot",
            name="at",
            field=models.DateTimeField(
                db_default=models.Func(output_field=models.DateTimeField(), template="clock_timestamp()"),
                verbose_name="at",
            ),
        ),
        migrations.CreateModel(
            name="LogbookEntry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("taken_over_at", models.DateTimeField(null=True, verbose_name="taken over at")),
                (
                    "created_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), verbose_name="written at"
                    ),
                ),
                (
                    "question",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="logbook_entry",
                        to="learning.question",
                        verbose_name="question of the learning agenda",
                    ),
                ),
            ],
            options={
                "verbose_name": "entry of the logbook",
                "verbose_name_plural": "entries of the logbook",
                "ordering": ["-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("question", None), ("taken_over_at__isnull", False), _connector="OR"),
                        name="logbook_question_was_taken_over",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="LogbookVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField(verbose_name="version")),
                ("language", models.CharField(max_length=5, verbose_name="language")),
                ("day", models.DateField(verbose_name="day")),
                ("assumed", models.TextField(max_length=2000, verbose_name="what we assumed")),
                ("happened", models.TextField(max_length=2000, verbose_name="what happened")),
                ("changes", models.TextField(max_length=2000, verbose_name="what we change")),
                (
                    "about",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.SlugField(max_length=60), default=list, size=None, verbose_name="about"
                    ),
                ),
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
                    "entry",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="versions",
                        to="monitoring.logbookentry",
                    ),
                ),
            ],
            options={
                "verbose_name": "version of an entry of the logbook",
                "verbose_name_plural": "versions of entries of the logbook",
                "ordering": ["-number"],
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(fields=("entry", "number"), name="logbook_version_once"),
                    models.CheckConstraint(
                        condition=models.Q(("number__gte", 1)), name="logbook_version_counts_from_one"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Report",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title", models.CharField(max_length=160, verbose_name="title")),
                ("language", models.CharField(max_length=5, verbose_name="language")),
                ("since", models.DateField(verbose_name="from")),
                ("until", models.DateField(help_text="This day included.", verbose_name="until")),
                (
                    "as_of",
                    models.DateField(
                        blank=True,
                        help_text="Empty: on the day of publication. What is corrected later is marked, and does not change it.",
                        null=True,
                        verbose_name="figures as they were known on",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("draft", "draft"), ("published", "published")],
                        default="draft",
                        editable=False,
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("family", models.UUIDField(default=uuid.uuid4, editable=False)),
                ("known_at", models.DateTimeField(editable=False, null=True, verbose_name="figures as of")),
                ("published_at", models.DateTimeField(editable=False, null=True, verbose_name="published at")),
                ("content", models.TextField(blank=True, default="", editable=False)),
                (
                    "digest",
                    models.CharField(blank=True, default="", editable=False, max_length=64, verbose_name="SHA-256"),
                ),
                (
                    "created_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False),
                ),
                (
                    "published_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="published by",
                    ),
                ),
            ],
            options={
                "verbose_name": "report",
                "verbose_name_plural": "reports",
                "ordering": ["-until", "-pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("family", "language"), name="report_once_per_language"),
                    models.CheckConstraint(
                        condition=models.Q(("since__lte", models.F("until"))), name="report_ends_after_it_begins"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["draft", "published"])), name="report_state_is_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("content", ""), ("digest", ""), ("published_at", None), ("state", "draft")),
                            models.Q(
                                ("known_at__isnull", False),
                                ("published_at__isnull", False),
                                ("state", "published"),
                                models.Q(("content", ""), _negated=True),
                                ("digest__regex", "^[0-9a-f]{64}$"),
                            ),
                            _connector="OR",
                        ),
                        name="report_is_kept_as_published",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ReportPart",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sort_order", models.IntegerField(blank=True, editable=False, null=True)),
                (
                    "breakdown",
                    models.CharField(
                        blank=True,
                        default="",
                        help_text="Empty: the figure itself.",
                        max_length=30,
                        verbose_name="breakdown",
                    ),
                ),
                ("heading", models.CharField(blank=True, default="", max_length=160, verbose_name="heading")),
                ("hint", models.TextField(blank=True, default="", max_length=500, verbose_name="what to write")),
                (
                    "text",
                    models.TextField(
                        blank=True,
                        default="",
                        help_text="A blank line begins a paragraph.",
                        max_length=5000,
                        verbose_name="text",
                    ),
                ),
                (
                    "indicator",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="monitoring.indicator",
                        verbose_name="figure",
                    ),
                ),
                (
                    "report",
                    modelcluster.fields.ParentalKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="parts", to="monitoring.report"
                    ),
                ),
            ],
            options={
                "verbose_name": "part of a report",
                "verbose_name_plural": "parts of reports",
                "ordering": ["sort_order"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="TemplatePart",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sort_order", models.IntegerField(blank=True, editable=False, null=True)),
                (
                    "breakdown",
                    models.CharField(
                        blank=True,
                        default="",
                        help_text="Empty: the figure itself.",
                        max_length=30,
                        verbose_name="breakdown",
                    ),
                ),
                ("heading", i18nfield.fields.I18nCharField(blank=True, default="", verbose_name="heading")),
                (
                    "hint",
                    i18nfield.fields.I18nTextField(
                        blank=True,
                        default="",
                        help_text="For whoever fills the report; it is not published.",
                        verbose_name="what to write",
                    ),
                ),
                (
                    "indicator",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="monitoring.indicator",
                        verbose_name="figure",
                    ),
                ),
                (
                    "template",
                    modelcluster.fields.ParentalKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="parts", to="monitoring.template"
                    ),
                ),
            ],
            options={
                "verbose_name": "part of a template",
                "verbose_name_plural": "parts of templates",
                "ordering": ["sort_order"],
                "abstract": False,
            },
        ),
    ]
