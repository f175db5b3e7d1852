import django.contrib.postgres.fields
import django.core.validators
import django.db.models.deletion
import django.db.models.functions.comparison
import django.db.models.functions.datetime
import django.db.models.functions.text
import uuid
from pathlib import Path
from django.conf import settings
from django.db import migrations, models

_SQL = (Path(__file__).resolve().parent.parent / "sql" / "reuse.sql").read_text(encoding="utf-8")
_BACK = """
DROP TRIGGER practices_reuseversion_stays ON practices_reuseversion;
DROP TRIGGER practices_reusefigure_stays ON practices_reusefigure;
DROP TRIGGER practices_reusesource_stays ON practices_reusesource;
DROP TRIGGER practices_reusecheck_stays ON practices_reusecheck;
DROP TRIGGER practices_reuseversion_goes_with_its_reuse ON practices_reuseversion;
DROP TRIGGER practices_reusefigure_goes_with_its_version ON practices_reusefigure;
DROP TRIGGER practices_reusesource_goes_with_its_version ON practices_reusesource;
DROP TRIGGER practices_reusecheck_goes_with_its_version ON practices_reusecheck;
DROP FUNCTION practices_reuse_is_checked_as_it_is, practices_reuse_shows_what_was_accepted CASCADE;
"""


class Migration(migrations.Migration):
    """Who took a practice up elsewhere; triggers keep what was said of it, whatever program comes."""

    dependencies = [
        ("hub", "0004_content_changes"),
        ("partners", "0004_former_memberships"),
        ("practices", "0003_library_entries"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Reuse",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "adopter",
                    models.CharField(blank=True, max_length=160, verbose_name="who took it up, outside the directory"),
                ),
                ("place", models.CharField(blank=True, max_length=100, verbose_name="town or place")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "waits to be checked"),
                            ("accepted", "accepted"),
                            ("returned", "sent back with a reason"),
                            ("withdrawn", "withdrawn"),
                            ("removed", "taken down by the centre"),
                        ],
                        default="waiting",
                        max_length=10,
                        verbose_name="status",
                    ),
                ),
                (
                    "reason",
                    models.TextField(blank=True, default="", max_length=2000, verbose_name="why it was taken down"),
                ),
                ("may_ask", models.BooleanField(default=False, verbose_name="others may ask about it")),
                (
                    "ask_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="asked how it went from"),
                ),
                (
                    "asked_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="asked how it went"),
                ),
                (
                    "created_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name="reported at"
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
                    "created_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="reported by",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reuses",
                        to="partners.organisation",
                        verbose_name="organisation",
                    ),
                ),
                (
                    "practice",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="reuses",
                        to="practices.practice",
                        verbose_name="practice",
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
                "verbose_name": "report of reuse",
                "verbose_name_plural": "reports of reuse",
                "ordering": ["-created_at", "-pk"],
                "indexes": [
                    models.Index(condition=models.Q(("ask_at__isnull", False)), fields=["ask_at"], name="reuse_to_ask"),
                    models.Index(
                        condition=models.Q(("state", "waiting")), fields=["created_at"], name="reuse_to_check"
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("adopter", ""), ("organisation__isnull", False)),
                            models.Q(("organisation", None), models.Q(("adopter", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="reuse_by_one_who_is_named",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("place", ""), _negated=True), ("country__isnull", False), _connector="OR"
                        ),
                        name="reuse_is_somewhere",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("organisation__isnull", False), ("may_ask", False), _connector="OR"),
                        name="reuse_elsewhere_is_not_asked",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["waiting", "accepted", "returned", "withdrawn", "removed"])),
                        name="reuse_state_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), ("state", "removed"), _connector="OR"),
                        name="reuse_taken_down_with_a_reason",
                    ),
                    models.UniqueConstraint(
                        models.F("practice"),
                        models.F("organisation"),
                        models.F("country"),
                        django.db.models.functions.text.Lower("place"),
                        condition=models.Q(
                            ("organisation__isnull", False), ("state__in", ["waiting", "accepted", "returned"])
                        ),
                        name="reuse_once_per_organisation_and_place",
                        nulls_distinct=False,
                    ),
                    models.UniqueConstraint(
                        models.F("practice"),
                        django.db.models.functions.text.Lower("adopter"),
                        models.F("country"),
                        django.db.models.functions.text.Lower("place"),
                        condition=models.Q(("organisation", None), ("state__in", ["waiting", "accepted", "returned"])),
                        name="reuse_once_per_adopter_and_place",
                        nulls_distinct=False,
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ReuseVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField(verbose_name="version")),
                (
                    "at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name="written at"
                    ),
                ),
                ("practice_revision", models.PositiveBigIntegerField(blank=True, editable=False, null=True)),
                ("practice_as_of", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "taken_version",
                    models.CharField(blank=True, max_length=160, verbose_name="version that was taken up"),
                ),
                ("since_year", models.PositiveSmallIntegerField(verbose_name="since (year)")),
                ("since_month", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="since (month)")),
                ("until_year", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="until (year)")),
                ("until_month", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="until (month)")),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("works", "It works"),
                            ("part", "It works in part"),
                            ("stopped", "It stopped"),
                            ("failed", "It did not work"),
                            ("early", "Too early to say"),
                        ],
                        max_length=10,
                        verbose_name="what came of it",
                    ),
                ),
                ("came_of_it", models.TextField(max_length=4000, verbose_name="what came of it, in words")),
                (
                    "why_stopped",
                    models.TextField(blank=True, max_length=2000, verbose_name="why it stopped or did not work"),
                ),
                (
                    "again",
                    models.CharField(
                        blank=True,
                        choices=[("yes", "yes"), ("no", "no"), ("unsure", "not sure")],
                        max_length=12,
                        verbose_name="would do it again",
                    ),
                ),
                (
                    "what_changed",
                    models.TextField(blank=True, max_length=4000, verbose_name="what was changed, and why"),
                ),
                (
                    "adapted_when",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("before", "before it began"),
                            ("start", "while it was being set up"),
                            ("running", "once it ran"),
                            ("spreading", "when it spread to more places"),
                        ],
                        max_length=12,
                        verbose_name="when it was changed",
                    ),
                ),
                (
                    "planned",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("ahead", "planned ahead"),
                            ("answer", "planned, in answer to a problem"),
                            ("no", "not planned: it came about on the way"),
                        ],
                        max_length=12,
                        verbose_name="planned or not",
                    ),
                ),
                (
                    "decided_by",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("leaders", "those who lead the organisation"),
                                ("funders", "those who pay for it"),
                                ("policy", "policy makers"),
                                ("workers", "those who carry it out"),
                                ("authors", "those who made the practice"),
                                ("researchers", "researchers"),
                                ("partners", "partners in the neighbourhood"),
                                ("users", "those for whom it is"),
                            ],
                            max_length=12,
                        ),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="who decided",
                    ),
                ),
                (
                    "changed",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("content", "what is done"),
                                ("context", "the way, the place, the people with whom it is done"),
                                ("training", "training and assessment"),
                                ("spread", "how it is introduced and spread"),
                            ],
                            max_length=12,
                        ),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="what was changed",
                    ),
                ),
                (
                    "level",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("person", "one person at a time"),
                            ("group", "a group"),
                            ("target", "all people who share something, such as a language"),
                            ("worker", "one worker"),
                            ("unit", "one team or place"),
                            ("organisation", "the whole organisation"),
                            ("system", "a whole network, town or region"),
                        ],
                        max_length=12,
                        verbose_name="for whom it was changed",
                    ),
                ),
                (
                    "nature",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("tailored", "adjusted in details, such as words or examples"),
                                ("materials", "other materials"),
                                ("added", "something added"),
                                ("left-out", "something left out"),
                                ("shorter", "made shorter or faster"),
                                ("longer", "made longer or slower"),
                                ("replaced", "something replaced"),
                                ("reordered", "another order"),
                                ("combined", "combined with another approach"),
                                ("repeated", "parts repeated"),
                                ("looser", "a looser structure"),
                                ("left-plan", "put aside for a while"),
                            ],
                            max_length=12,
                        ),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="in which way",
                    ),
                ),
                (
                    "fidelity",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("kept", "yes: what makes it work stayed"),
                            ("touched", "no: something that makes it work changed"),
                            ("unknown", "nobody knows"),
                        ],
                        max_length=12,
                        verbose_name="whether what makes it work stayed",
                    ),
                ),
                (
                    "goals",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("reach", "to reach more people"),
                                ("stay", "so that people stay with it"),
                                ("doable", "to make it possible here"),
                                ("fit", "to fit the people for whom it is"),
                                ("culture", "to respect culture, language or belief"),
                                ("results", "for better results"),
                                ("cost", "to spend less"),
                                ("content", "so that people like it better"),
                                ("fairness", "to leave nobody out"),
                            ],
                            max_length=12,
                        ),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="what the change was for",
                    ),
                ),
                (
                    "circumstances",
                    models.TextField(
                        blank=True, max_length=2000, verbose_name="what in the circumstances asked for it"
                    ),
                ),
                (
                    "planned_cost",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=12, null=True, verbose_name="planned cost (euro)"
                    ),
                ),
                (
                    "actual_cost",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=12, null=True, verbose_name="actual cost (euro)"
                    ),
                ),
                ("cost_year", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="year of the cost")),
                ("language", models.CharField(max_length=5, verbose_name="language")),
                (
                    "by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="written by",
                    ),
                ),
                (
                    "reuse",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="versions",
                        to="practices.reuse",
                        verbose_name="report of reuse",
                    ),
                ),
            ],
            options={
                "verbose_name": "version of a report of reuse",
                "verbose_name_plural": "versions of reports of reuse",
                "ordering": ["reuse", "-number"],
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(fields=("reuse", "number"), name="reuse_version_number_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("since_year", None),
                            models.Q(("since_year__gte", 1200), ("since_year__lt", 2101)),
                            _connector="OR",
                        ),
                        name="reuse_since_year_is_a_year",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("until_year", None),
                            models.Q(("until_year__gte", 1200), ("until_year__lt", 2101)),
                            _connector="OR",
                        ),
                        name="reuse_until_year_is_a_year",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("cost_year", None),
                            models.Q(("cost_year__gte", 1200), ("cost_year__lt", 2101)),
                            _connector="OR",
                        ),
                        name="reuse_cost_year_is_a_year",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("since_month", None),
                            models.Q(("since_month__gte", 1), ("since_month__lte", 12), ("since_year__isnull", False)),
                            _connector="OR",
                        ),
                        name="reuse_since_month_is_a_month",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("until_month", None),
                            models.Q(("until_month__gte", 1), ("until_month__lte", 12), ("until_year__isnull", False)),
                            _connector="OR",
                        ),
                        name="reuse_until_month_is_a_month",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("until_year", None),
                            ("until_year__gt", models.F("since_year")),
                            models.Q(("until_month", None), ("until_year", models.F("since_year"))),
                            models.Q(
                                (
                                    "until_month__gte",
                                    django.db.models.functions.comparison.Coalesce(
                                        models.F("since_month"), models.Value(1)
                                    ),
                                ),
                                ("until_year", models.F("since_year")),
                            ),
                            _connector="OR",
                        ),
                        name="reuse_ends_after_it_began",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("outcome__in", ["works", "part", "stopped", "failed", "early"])),
                        name="reuse_outcome_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("again__in", ["", "yes", "no", "unsure"])), name="reuse_again_is_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("outcome__in", ["stopped", "failed"]), _negated=True),
                            models.Q(("why_stopped", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="reuse_end_has_a_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("actual_cost", None), ("planned_cost", None)),
                            ("cost_year__isnull", False),
                            _connector="OR",
                        ),
                        name="reuse_cost_of_a_year",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("planned_cost", None), ("planned_cost__gte", 0), _connector="OR"),
                            models.Q(("actual_cost", None), ("actual_cost__gte", 0), _connector="OR"),
                        ),
                        name="reuse_cost_not_below_zero",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("adapted_when__in", ["", "before", "start", "running", "spreading"])),
                        name="reuse_adapted_when_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("planned__in", ["", "ahead", "answer", "no"])),
                        name="reuse_planned_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("level__in", ["", "person", "group", "target", "worker", "unit", "organisation", "system"])
                        ),
                        name="reuse_level_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("fidelity__in", ["", "kept", "touched", "unknown"])),
                        name="reuse_fidelity_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "decided_by__contained_by",
                                [
                                    "leaders",
                                    "funders",
                                    "policy",
                                    "workers",
                                    "authors",
                                    "researchers",
                                    "partners",
                                    "users",
                                ],
                            )
                        ),
                        name="reuse_decided_by_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("changed__contained_by", ["content", "context", "training", "spread"])),
                        name="reuse_changed_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "nature__contained_by",
                                [
                                    "tailored",
                                    "materials",
                                    "added",
                                    "left-out",
                                    "shorter",
                                    "longer",
                                    "replaced",
                                    "reordered",
                                    "combined",
                                    "repeated",
                                    "looser",
                                    "left-plan",
                                ],
                            )
                        ),
                        name="reuse_nature_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "goals__contained_by",
                                ["reach", "stay", "doable", "fit", "culture", "results", "cost", "content", "fairness"],
                            )
                        ),
                        name="reuse_goals_is_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ReuseSource",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title", models.CharField(max_length=200, verbose_name="title")),
                (
                    "url",
                    models.URLField(
                        max_length=500,
                        validators=[django.core.validators.URLValidator(schemes=["https", "http"])],
                        verbose_name="address",
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="sources", to="practices.reuseversion"
                    ),
                ),
            ],
            options={
                "verbose_name": "source of a report of reuse",
                "verbose_name_plural": "sources of reports of reuse",
                "ordering": ["pk"],
                "default_permissions": (),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(models.Q(("title", ""), _negated=True), ("url__regex", "^https?://")),
                        name="reuse_source_on_web",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ReuseFigure",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("what", models.CharField(max_length=160, verbose_name="what it counts")),
                ("value", models.DecimalField(decimal_places=4, max_digits=16, verbose_name="figure")),
                ("unit", models.CharField(max_length=60, verbose_name="unit")),
                ("year", models.PositiveSmallIntegerField(verbose_name="year")),
                (
                    "source",
                    models.URLField(
                        blank=True,
                        max_length=500,
                        validators=[django.core.validators.URLValidator(schemes=["https", "http"])],
                        verbose_name="where it can be read",
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="figures", to="practices.reuseversion"
                    ),
                ),
            ],
            options={
                "verbose_name": "figure of a report of reuse",
                "verbose_name_plural": "figures of reports of reuse",
                "ordering": ["pk"],
                "default_permissions": (),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("what", ""), _negated=True), models.Q(("unit", ""), _negated=True)
                        ),
                        name="reuse_figure_says_what_it_counts",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("year__gte", 1200), ("year__lt", 2101)), name="reuse_figure_of_a_year"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("source", ""), ("source__regex", "^https?://"), _connector="OR"),
                        name="reuse_figure_on_web",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ReuseCheck",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "verdict",
                    models.CharField(
                        choices=[("accepted", "accepted"), ("returned", "sent back")],
                        max_length=10,
                        verbose_name="decision",
                    ),
                ),
                (
                    "checked_as",
                    models.CharField(
                        choices=[("centre", "the centre"), ("owner", "the organisation that answers for the practice")],
                        max_length=10,
                        verbose_name="checked by",
                    ),
                ),
                ("reason", models.TextField(blank=True, max_length=2000, verbose_name="reason")),
                (
                    "at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name="checked at"
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "version",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="check_made",
                        to="practices.reuseversion",
                    ),
                ),
            ],
            options={
                "verbose_name": "check of a report of reuse",
                "verbose_name_plural": "checks of reports of reuse",
                "ordering": ["-at", "-pk"],
                "default_permissions": (),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("verdict", "accepted"),
                            models.Q(("verdict", "returned"), models.Q(("reason", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="reuse_sent_back_with_a_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("checked_as__in", ["centre", "owner"])), name="reuse_checked_by_somebody"
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="reuse",
            name="shown",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="practices.reuseversion",
                verbose_name="version that is shown",
            ),
        ),
        migrations.RunSQL(_SQL, _BACK),
    ]
