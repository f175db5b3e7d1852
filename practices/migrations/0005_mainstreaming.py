from pathlib import Path

import django.core.validators
import django.db.models.deletion
import django.db.models.functions.datetime
import i18nfield.fields
import modelcluster.fields
from django.conf import settings
from django.db import migrations, models

_SQL = (Path(__file__).resolve().parent.parent / "sql" / "mainstreaming.sql").read_text(encoding="utf-8")
_DROP = """
DROP TRIGGER practices_stagemove_stays ON practices_stagemove;
DROP TRIGGER practices_stagemove_is_corrected_by_another ON practices_stagemove;
DROP TRIGGER practices_stagemove_goes_with_its_practice ON practices_stagemove;
DROP TRIGGER practices_hookstatus_stays ON practices_hookstatus;
DROP TRIGGER practices_hookstatus_is_corrected_by_another ON practices_hookstatus;
DROP TRIGGER practices_hookstatus_goes_with_its_hook ON practices_hookstatus;
DROP FUNCTION practices_step_enters, practices_stage_is_the_last, practices_stages_moved, practices_status_is_the_last,
    practices_statuses_moved CASCADE;
"""


class Migration(migrations.Migration):
    """Histories of stages and policy hooks; triggers keep their rows, and what practices and hooks show of them."""

    dependencies = [
        ("hub", "0004_content_changes"),
        ("partners", "0004_former_memberships"),
        ("practices", "0004_reuse"),
        ("wagtailcore", "0097_baselogentry_uuid_action_timestamp_indexes"),
        ("wagtailimages", "0027_image_description"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="PolicyHook",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "title",
                    i18nfield.fields.I18nCharField(
                        help_text="For example: Housing decree, article 7", verbose_name="name"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("law", "Law"),
                            ("decree", "Decree or regulation"),
                            ("budget", "Budget line"),
                            ("tender", "Tender"),
                            ("curriculum", "Curriculum"),
                            ("service", "Public service"),
                        ],
                        max_length=10,
                        verbose_name="kind",
                    ),
                ),
                (
                    "level",
                    models.CharField(
                        choices=[
                            ("municipality", "Municipality"),
                            ("region", "Region"),
                            ("country", "Country"),
                            ("eu", "European Union"),
                        ],
                        max_length=12,
                        verbose_name="level",
                    ),
                ),
                (
                    "place",
                    models.CharField(
                        blank=True, help_text="For example a municipality.", max_length=100, verbose_name="place"
                    ),
                ),
                (
                    "website",
                    models.URLField(
                        blank=True,
                        max_length=500,
                        validators=[django.core.validators.URLValidator(schemes=["https", "http"])],
                        verbose_name="address of its text",
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("idea", "Idea"),
                            ("proposed", "Proposed"),
                            ("decided", "Decided"),
                            ("in-force", "In force"),
                            ("ended", "Ended"),
                        ],
                        default="",
                        editable=False,
                        max_length=10,
                        verbose_name="status",
                    ),
                ),
                (
                    "status_since",
                    models.DateField(blank=True, editable=False, null=True, verbose_name="in this status since"),
                ),
                (
                    "created_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name="created at"
                    ),
                ),
                (
                    "country",
                    models.ForeignKey(
                        blank=True,
                        limit_choices_to={"vocabulary": "country"},
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="hub.term",
                        verbose_name="country",
                    ),
                ),
                (
                    "region",
                    models.ForeignKey(
                        blank=True,
                        limit_choices_to={"vocabulary": "region"},
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="hub.term",
                        verbose_name="region",
                    ),
                ),
            ],
            options={
                "verbose_name": "policy hook",
                "verbose_name_plural": "policy hooks",
                "ordering": ["-status_since", "-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("kind__in", ["law", "decree", "budget", "tender", "curriculum", "service"])
                        ),
                        name="policyhook_kind_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("level__in", ["municipality", "region", "country", "eu"])),
                        name="policyhook_level_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", ""), ("status_since__isnull", True)),
                            models.Q(
                                ("status__in", ["idea", "proposed", "decided", "in-force", "ended"]),
                                ("status_since__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="policyhook_status_has_a_day",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HookOrganisation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sort_order", models.IntegerField(blank=True, editable=False, null=True)),
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
                    "hook",
                    modelcluster.fields.ParentalKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="organisations",
                        to="practices.policyhook",
                    ),
                ),
            ],
            options={
                "verbose_name": "organisation of a policy hook",
                "verbose_name_plural": "organisations of policy hooks",
                "ordering": ["sort_order"],
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(fields=("hook", "organisation"), name="policyhook_organisation_once"),
                ],
            },
        ),
        migrations.CreateModel(
            name="HookPractice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sort_order", models.IntegerField(blank=True, editable=False, null=True)),
                (
                    "practice",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="policy_hooks",
                        to="practices.practice",
                        verbose_name="practice",
                    ),
                ),
                (
                    "hook",
                    modelcluster.fields.ParentalKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="practices", to="practices.policyhook"
                    ),
                ),
            ],
            options={
                "verbose_name": "practice of a policy hook",
                "verbose_name_plural": "practices of policy hooks",
                "ordering": ["sort_order"],
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(fields=("hook", "practice"), name="policyhook_practice_once"),
                ],
            },
        ),
        migrations.CreateModel(
            name="HookStatus",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("on", models.DateField(verbose_name="day")),
                (
                    "known",
                    models.CharField(
                        choices=[("day", "the day"), ("month", "the month"), ("year", "the year")],
                        default="day",
                        max_length=5,
                        verbose_name="what of it is known",
                    ),
                ),
                (
                    "word",
                    models.CharField(
                        help_text="Who says so: an organisation, a ministry, a report. No private persons.",
                        max_length=160,
                        verbose_name="on whose word",
                    ),
                ),
                ("source_title", models.CharField(max_length=200, verbose_name="name of the source")),
                (
                    "source_url",
                    models.URLField(
                        max_length=500,
                        validators=[django.core.validators.URLValidator(schemes=["https", "http"])],
                        verbose_name="address of the source",
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=300, verbose_name="why it is corrected")),
                (
                    "superseded",
                    models.BooleanField(default=False, editable=False, verbose_name="corrected by another row"),
                ),
                (
                    "place",
                    models.BigIntegerField(default=0, editable=False, verbose_name="place among those of its day"),
                ),
                (
                    "entered_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name="entered at"
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("idea", "Idea"),
                            ("proposed", "Proposed"),
                            ("decided", "Decided"),
                            ("in-force", "In force"),
                            ("ended", "Ended"),
                        ],
                        max_length=10,
                        verbose_name="status",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="entered by",
                    ),
                ),
                (
                    "corrects",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="correction",
                        to="practices.hookstatus",
                        verbose_name="corrects",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        help_text="When it is in the directory.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="partners.organisation",
                        verbose_name="organisation that says so",
                    ),
                ),
                (
                    "hook",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="statuses",
                        to="practices.policyhook",
                        verbose_name="policy hook",
                    ),
                ),
            ],
            options={
                "verbose_name": "status of a policy hook",
                "verbose_name_plural": "statuses of policy hooks",
                "ordering": ["on", "place"],
                "abstract": False,
                "indexes": [
                    models.Index(
                        models.F("hook"),
                        models.OrderBy(models.F("on"), descending=True),
                        models.OrderBy(models.F("place"), descending=True),
                        condition=models.Q(("superseded", False), models.Q(("status", ""), _negated=True)),
                        name="hookstatus_history",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("word", ""), _negated=True),
                            models.Q(("source_title", ""), _negated=True),
                            models.Q(("source_url", ""), _negated=True),
                        ),
                        name="hookstatus_has_a_source",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("corrects__isnull", True), ("reason", "")),
                            models.Q(("corrects__isnull", False), models.Q(("reason", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="hookstatus_is_corrected_with_a_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("known__in", ["day", "month", "year"])), name="hookstatus_known_to"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("status__in", ["idea", "proposed", "decided", "in-force", "ended"]),
                            models.Q(("corrects__isnull", False), ("status", "")),
                            _connector="OR",
                        ),
                        name="hookstatus_goes_somewhere",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="StageMove",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("on", models.DateField(verbose_name="day")),
                (
                    "known",
                    models.CharField(
                        choices=[("day", "the day"), ("month", "the month"), ("year", "the year")],
                        default="day",
                        max_length=5,
                        verbose_name="what of it is known",
                    ),
                ),
                (
                    "word",
                    models.CharField(
                        help_text="Who says so: an organisation, a ministry, a report. No private persons.",
                        max_length=160,
                        verbose_name="on whose word",
                    ),
                ),
                ("source_title", models.CharField(max_length=200, verbose_name="name of the source")),
                (
                    "source_url",
                    models.URLField(
                        max_length=500,
                        validators=[django.core.validators.URLValidator(schemes=["https", "http"])],
                        verbose_name="address of the source",
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=300, verbose_name="why it is corrected")),
                (
                    "superseded",
                    models.BooleanField(default=False, editable=False, verbose_name="corrected by another row"),
                ),
                (
                    "place",
                    models.BigIntegerField(default=0, editable=False, verbose_name="place among those of its day"),
                ),
                (
                    "entered_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name="entered at"
                    ),
                ),
                (
                    "before",
                    models.ForeignKey(
                        blank=True,
                        help_text="Only for the first move that is known. Empty when nobody knows.",
                        limit_choices_to={"vocabulary": "stage"},
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="hub.term",
                        verbose_name="stage before",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="entered by",
                    ),
                ),
                (
                    "corrects",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="correction",
                        to="practices.stagemove",
                        verbose_name="corrects",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        help_text="When it is in the directory.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="partners.organisation",
                        verbose_name="organisation that says so",
                    ),
                ),
                (
                    "practice",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="stage_moves",
                        to="practices.practice",
                        verbose_name="practice",
                    ),
                ),
                (
                    "stage",
                    models.ForeignKey(
                        blank=True,
                        limit_choices_to={"vocabulary": "stage"},
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="hub.term",
                        verbose_name="stage",
                    ),
                ),
            ],
            options={
                "verbose_name": "move to a stage",
                "verbose_name_plural": "moves to a stage",
                "ordering": ["on", "place"],
                "abstract": False,
                "indexes": [
                    models.Index(
                        models.F("practice"),
                        models.OrderBy(models.F("on"), descending=True),
                        models.OrderBy(models.F("place"), descending=True),
                        condition=models.Q(("stage__isnull", False), ("superseded", False)),
                        include=("stage",),
                        name="stagemove_history",
                    ),
                    models.Index(
                        models.OrderBy(models.F("on"), descending=True),
                        models.OrderBy(models.F("place"), descending=True),
                        condition=models.Q(("stage__isnull", False), ("superseded", False)),
                        name="stagemove_latest",
                    ),
                    models.Index(fields=["entered_at"], name="stagemove_entered"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("word", ""), _negated=True),
                            models.Q(("source_title", ""), _negated=True),
                            models.Q(("source_url", ""), _negated=True),
                        ),
                        name="stagemove_has_a_source",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("corrects__isnull", True), ("reason", "")),
                            models.Q(("corrects__isnull", False), models.Q(("reason", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="stagemove_is_corrected_with_a_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("known__in", ["day", "month", "year"])), name="stagemove_known_to"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("stage__isnull", False), ("corrects__isnull", False), _connector="OR"),
                        name="stagemove_goes_somewhere",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="practice",
            name="stage_since",
            field=models.DateField(blank=True, editable=False, null=True, verbose_name="in this stage since"),
        ),
        migrations.AddIndex(
            model_name="practice",
            index=models.Index(condition=models.Q(("live", True)), fields=["stage_since"], name="practice_stage_since"),
        ),
        migrations.AddConstraint(
            model_name="practice",
            constraint=models.CheckConstraint(
                condition=models.Q(("stage_since__isnull", True), ("stage__isnull", False), _connector="OR"),
                name="practice_since_when_in_a_stage",
            ),
        ),
        migrations.RunSQL(_SQL, _DROP),
    ]
