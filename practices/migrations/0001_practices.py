import uuid

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.core.validators
import django.db.models.constraints
import django.db.models.deletion
import django.db.models.functions.datetime
import django.db.models.functions.text
import i18nfield.fields
import modelcluster.fields
import wagtail.models.preview
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "__first__"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("hub", "0002_pages_and_vocabularies"),
        ("partners", "0001_organisations"),
        ("wagtailcore", "0097_baselogentry_uuid_action_timestamp_indexes"),
        ("wagtaildocs", "0014_alter_document_file_size"),
        ("wagtailimages", "0027_image_description"),
    ]

    operations = [
        migrations.CreateModel(
            name="Practice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("live", models.BooleanField(default=True, editable=False, verbose_name="live")),
                (
                    "has_unpublished_changes",
                    models.BooleanField(default=False, editable=False, verbose_name="has unpublished changes"),
                ),
                (
                    "first_published_at",
                    models.DateTimeField(blank=True, db_index=True, null=True, verbose_name="first published at"),
                ),
                (
                    "last_published_at",
                    models.DateTimeField(editable=False, null=True, verbose_name="last published at"),
                ),
                ("go_live_at", models.DateTimeField(blank=True, null=True, verbose_name="go live date/time")),
                ("expire_at", models.DateTimeField(blank=True, null=True, verbose_name="expiry date/time")),
                ("expired", models.BooleanField(default=False, editable=False, verbose_name="expired")),
                ("locked", models.BooleanField(default=False, editable=False, verbose_name="locked")),
                ("locked_at", models.DateTimeField(editable=False, null=True, verbose_name="locked at")),
                ("slug", models.SlugField(max_length=80, unique=True, verbose_name="slug")),
                ("original_language", models.CharField(default="nl", max_length=5, verbose_name="original language")),
                (
                    "staff",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        help_text="How many people it takes to run it, for example 2.5. Empty when nobody knows.",
                        max_digits=7,
                        null=True,
                        verbose_name="staff (full-time equivalents)",
                    ),
                ),
                (
                    "months",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="From the decision to the first results in practice. Empty when nobody knows.",
                        null=True,
                        verbose_name="months until it runs",
                    ),
                ),
                ("since", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="since (year)")),
                ("place", models.CharField(blank=True, max_length=100, verbose_name="place")),
                ("website", models.URLField(blank=True, verbose_name="website")),
                (
                    "owner_name",
                    models.CharField(
                        blank=True,
                        help_text="When the owner is not in the directory.",
                        max_length=160,
                        verbose_name="owner's name",
                    ),
                ),
                (
                    "contact_email",
                    models.EmailField(
                        blank=True,
                        help_text="Never shown; the contact form writes to it.",
                        max_length=254,
                        verbose_name="mailbox for questions",
                    ),
                ),
                ("checked_on", models.DateField(blank=True, null=True, verbose_name="last checked on")),
                ("assessed_on", models.DateField(blank=True, null=True, verbose_name="assessed on")),
                (
                    "assessed_by",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("staff", "Staff of the centre"),
                            ("expert", "Expert from outside"),
                            ("peer", "Peer from another organisation"),
                        ],
                        max_length=10,
                        verbose_name="assessed by",
                    ),
                ),
                (
                    "assessment_due_on",
                    models.DateField(
                        blank=True,
                        help_text="Left empty: two years after the assessment.",
                        null=True,
                        verbose_name="assessment due again on",
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name="created at"
                    ),
                ),
                (
                    "cost",
                    models.ForeignKey(
                        blank=True,
                        limit_choices_to={"vocabulary": "cost"},
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="hub.term",
                        verbose_name="cost per year",
                    ),
                ),
                (
                    "evidence",
                    models.ForeignKey(
                        blank=True,
                        limit_choices_to={"vocabulary": "evidence"},
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="hub.term",
                        verbose_name="evidence",
                    ),
                ),
                (
                    "kind",
                    models.ForeignKey(
                        limit_choices_to={"vocabulary": "kind"},
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="hub.term",
                        verbose_name="kind",
                    ),
                ),
                (
                    "latest_revision",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="wagtailcore.revision",
                        verbose_name="latest revision",
                    ),
                ),
                (
                    "live_revision",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="wagtailcore.revision",
                        verbose_name="live revision",
                    ),
                ),
                (
                    "locked_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="locked_%(class)ss",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="locked by",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="practices",
                        to="partners.organisation",
                        verbose_name="organisation that answers for it",
                    ),
                ),
                (
                    "picture",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="wagtailimages.image",
                        verbose_name="picture",
                    ),
                ),
                (
                    "reach",
                    models.ForeignKey(
                        blank=True,
                        limit_choices_to={"vocabulary": "reach"},
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="hub.term",
                        verbose_name="reach",
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
                (
                    "terms",
                    modelcluster.fields.ParentalManyToManyField(
                        blank=True,
                        limit_choices_to={
                            "vocabulary__in": (
                                "theme",
                                "target",
                                "scaling",
                                "sector",
                                "track",
                                "sdg",
                                "esf",
                                "country",
                                "region",
                            )
                        },
                        related_name="practices",
                        to="hub.term",
                        verbose_name="terms",
                    ),
                ),
            ],
            options={
                "verbose_name": "practice",
                "verbose_name_plural": "practices",
                "ordering": ["-first_published_at", "-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("since__isnull", True),
                            models.Q(("since__gte", 1200), ("since__lte", 2100)),
                            _connector="OR",
                        ),
                        name="practice_since_is_a_year",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("staff__isnull", True), ("staff__gte", 0), _connector="OR"),
                        name="practice_staff_not_below_zero",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("assessed_by", ""), ("assessed_on__isnull", True), ("assessment_due_on__isnull", True)
                            ),
                            models.Q(
                                ("assessed_on__isnull", False),
                                ("assessment_due_on__gt", models.F("assessed_on")),
                                models.Q(("assessed_by", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="practice_assessment_is_complete",
                    ),
                ],
            },
            bases=(wagtail.models.preview.PreviewableMixin, models.Model),
        ),
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
                        help_text="Who reviews at this step.", related_name="+", to="auth.group", verbose_name="groups"
                    ),
                ),
            ],
            options={
                "verbose_name": "assessment of a practice",
                "verbose_name_plural": "assessments of practices",
            },
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
                        help_text="Who reviews at this step.", related_name="+", to="auth.group", verbose_name="groups"
                    ),
                ),
            ],
            options={
                "verbose_name": "eligibility check of a practice",
                "verbose_name_plural": "eligibility checks of practices",
            },
            bases=("wagtailcore.task",),
        ),
        migrations.CreateModel(
            name="Judgement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sort_order", models.IntegerField(blank=True, editable=False, null=True)),
                (
                    "verdict",
                    models.CharField(
                        choices=[
                            ("met", "Met"),
                            ("partly", "Partly met"),
                            ("not-met", "Not met"),
                            ("not-judged", "Not judged"),
                        ],
                        default="not-judged",
                        max_length=10,
                        verbose_name="judgement",
                    ),
                ),
                (
                    "reason",
                    i18nfield.fields.I18nTextField(
                        blank=True, default="", help_text="In plain words; readers see it.", verbose_name="reason"
                    ),
                ),
                (
                    "criterion",
                    models.ForeignKey(
                        limit_choices_to={"vocabulary": "criterion"},
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="hub.term",
                        verbose_name="criterion",
                    ),
                ),
                (
                    "practice",
                    modelcluster.fields.ParentalKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="judgements", to="practices.practice"
                    ),
                ),
            ],
            options={
                "verbose_name": "judgement",
                "verbose_name_plural": "judgements",
                "ordering": ["sort_order"],
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(
                        deferrable=django.db.models.constraints.Deferrable["DEFERRED"],
                        fields=("practice", "criterion"),
                        name="practice_judged_once_per_criterion",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("verdict__in", ["met", "partly", "not-met", "not-judged"])),
                        name="practice_verdict_is_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="EarlierPracticeSlug",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("slug", models.SlugField(max_length=80)),
                ("left_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                (
                    "practice",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="earlier_slugs",
                        to="practices.practice",
                    ),
                ),
            ],
            options={
                "verbose_name": "earlier slug",
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(fields=("slug", "practice"), name="practice_earlier_slug_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="ConfirmationRequest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("known_on", models.DateField(verbose_name="last known to be true on")),
                ("asked_at", models.DateTimeField(verbose_name="asked at")),
                ("asked_again_at", models.DateTimeField(blank=True, null=True, verbose_name="asked again at")),
                ("answered_at", models.DateTimeField(blank=True, null=True, verbose_name="answered at")),
                (
                    "practice",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="confirmation_requests",
                        to="practices.practice",
                        verbose_name="practice",
                    ),
                ),
            ],
            options={
                "verbose_name": "request to confirm a practice",
                "verbose_name_plural": "requests to confirm practices",
                "ordering": ["-asked_at", "-pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("practice", "known_on"), name="confirmation_asked_once_per_day_known"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="LibraryWord",
            fields=[
                ("plain", models.CharField(max_length=60, primary_key=True, serialize=False)),
                ("word", models.CharField(max_length=60)),
            ],
            options={
                "verbose_name": "library word",
                "indexes": [
                    django.contrib.postgres.indexes.GistIndex(
                        django.contrib.postgres.indexes.OpClass(models.F("plain"), "gist_trgm_ops"),
                        name="library_word_alike",
                    ),
                    models.Index(
                        django.contrib.postgres.indexes.OpClass(models.F("plain"), "text_pattern_ops"),
                        name="library_word_beginning",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PracticeDocument",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sort_order", models.IntegerField(blank=True, editable=False, null=True)),
                (
                    "title",
                    models.CharField(
                        help_text="In the language of the document.", max_length=200, verbose_name="title"
                    ),
                ),
                ("language", models.CharField(max_length=5, verbose_name="language")),
                (
                    "document",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="wagtaildocs.document",
                        verbose_name="file",
                    ),
                ),
                (
                    "practice",
                    modelcluster.fields.ParentalKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="documents", to="practices.practice"
                    ),
                ),
            ],
            options={
                "verbose_name": "document of a practice",
                "verbose_name_plural": "documents of a practice",
                "ordering": ["sort_order"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="PracticeFigure",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sort_order", models.IntegerField(blank=True, editable=False, null=True)),
                (
                    "value",
                    models.CharField(
                        help_text="For example 12500, 3.5 or 7 of 10. The page writes numbers as readers of each language do.",
                        max_length=40,
                        verbose_name="figure",
                    ),
                ),
                (
                    "label",
                    i18nfield.fields.I18nCharField(
                        help_text="For example: people who still had their home a year later",
                        verbose_name="what it counts",
                    ),
                ),
                ("year", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="year")),
                (
                    "source",
                    models.URLField(
                        blank=True,
                        validators=[django.core.validators.URLValidator(schemes=["https", "http"])],
                        verbose_name="where it can be read",
                    ),
                ),
                (
                    "practice",
                    modelcluster.fields.ParentalKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="figures", to="practices.practice"
                    ),
                ),
            ],
            options={
                "verbose_name": "result in figures",
                "verbose_name_plural": "results in figures",
                "ordering": ["sort_order"],
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("year__isnull", True), models.Q(("year__gte", 1200), ("year__lt", 2101)), _connector="OR"
                        ),
                        name="practice_figure_of_a_year",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PracticeImport",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("name", models.CharField(max_length=255)),
                ("sheet", models.JSONField()),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("done_at", models.DateTimeField(blank=True, null=True)),
                ("added", models.PositiveIntegerField(default=0)),
                ("changed", models.PositiveIntegerField(default=0)),
                ("unchanged", models.PositiveIntegerField(default=0)),
                ("refused", models.PositiveIntegerField(default=0)),
                ("published", models.PositiveIntegerField(default=0)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="practice_imports",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-created_at"],
                "abstract": False,
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="PracticeSource",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sort_order", models.IntegerField(blank=True, editable=False, null=True)),
                ("title", models.CharField(max_length=200, verbose_name="title")),
                ("url", models.URLField(verbose_name="address")),
                (
                    "practice",
                    modelcluster.fields.ParentalKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="sources", to="practices.practice"
                    ),
                ),
            ],
            options={
                "verbose_name": "source",
                "verbose_name_plural": "sources",
                "ordering": ["sort_order"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="PracticeText",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("language", models.CharField(max_length=5, verbose_name="language")),
                ("title", models.CharField(max_length=160, verbose_name="title")),
                (
                    "summary",
                    models.CharField(
                        help_text="What it is and for whom, in one breath.", max_length=280, verbose_name="summary"
                    ),
                ),
                ("what", models.TextField(blank=True, verbose_name="what it is and for whom")),
                ("results", models.TextField(blank=True, verbose_name="does it work")),
                ("needs", models.TextField(blank=True, verbose_name="what it takes")),
                ("steps", models.TextField(blank=True, verbose_name="how to do it")),
                (
                    "plain_title",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Func("title", function="hub_plain", output_field=models.TextField()),
                        output_field=models.TextField(),
                    ),
                ),
                (
                    "search_vector",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Func(
                            "language",
                            models.F("title"),
                            models.F("summary"),
                            django.db.models.functions.text.Concat(
                                models.F("what"),
                                models.Value(" "),
                                models.F("results"),
                                output_field=models.TextField(),
                            ),
                            django.db.models.functions.text.Concat(
                                models.F("needs"), models.Value(" "), models.F("steps"), output_field=models.TextField()
                            ),
                            function="hub_vector",
                            languages="de en fr nl",
                            output_field=django.contrib.postgres.search.SearchVectorField(),
                        ),
                        output_field=django.contrib.postgres.search.SearchVectorField(),
                    ),
                ),
                (
                    "practice",
                    modelcluster.fields.ParentalKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="texts", to="practices.practice"
                    ),
                ),
            ],
            options={
                "verbose_name": "text",
                "verbose_name_plural": "texts",
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(
                        django.contrib.postgres.indexes.OpClass(models.F("plain_title"), "gin_trgm_ops"),
                        name="practice_text_title",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("practice", "language"), name="practice_text_once_per_language")
                ],
            },
        ),
        migrations.CreateModel(
            name="PracticeUse",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sort_order", models.IntegerField(blank=True, editable=False, null=True)),
                ("organisation", models.CharField(blank=True, max_length=160, verbose_name="organisation")),
                ("place", models.CharField(blank=True, max_length=100, verbose_name="place")),
                ("since", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="since (year)")),
                (
                    "website",
                    models.URLField(
                        blank=True,
                        validators=[django.core.validators.URLValidator(schemes=["https", "http"])],
                        verbose_name="address",
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
                    "practice",
                    modelcluster.fields.ParentalKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="uses", to="practices.practice"
                    ),
                ),
            ],
            options={
                "verbose_name": "place of use",
                "verbose_name_plural": "places of use",
                "ordering": ["sort_order"],
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("since__isnull", True),
                            models.Q(("since__gte", 1200), ("since__lt", 2101)),
                            _connector="OR",
                        ),
                        name="practice_use_since_a_year",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("organisation", ""), _negated=True),
                            models.Q(("place", ""), _negated=True),
                            ("country__isnull", False),
                            _connector="OR",
                        ),
                        name="practice_use_is_somewhere",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ShortlistEntry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "added_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), verbose_name="kept at"),
                ),
                (
                    "practice",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="shortlist_entries",
                        to="practices.practice",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="shortlist",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "practice on a shortlist",
                "verbose_name_plural": "practices on shortlists",
                "ordering": ["-added_at", "-pk"],
                "constraints": [models.UniqueConstraint(fields=("user", "practice"), name="shortlist_entry_once")],
            },
        ),
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
                            ("questions", "waiting for the sender’s answer"),
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
                "indexes": [models.Index(fields=["status", "changed_at"], name="submission_status_changed")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("status__in", ["submitted", "questions"])),
                        fields=("practice",),
                        name="submission_one_under_review_per_practice",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("status__in", ["draft", "withdrawn"]),
                            models.Q(("sent_at__isnull", False), models.Q(("consent_wording", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="submission_sent_with_consent",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided_at__isnull", True), ("status__in", ["draft", "submitted", "questions"])),
                            models.Q(
                                ("decided_at__isnull", False), ("status__in", ["refused", "published", "withdrawn"])
                            ),
                            _connector="OR",
                        ),
                        name="submission_decided_has_a_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "refused"), _negated=True),
                            models.Q(("reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="submission_refused_has_a_reason",
                    ),
                ],
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
                ("file", models.FileField(max_length=200, upload_to="", verbose_name="file")),
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
        migrations.CreateModel(
            name="LibraryEntry",
            fields=[
                (
                    "practice",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="entry",
                        serialize=False,
                        to="practices.practice",
                    ),
                ),
                ("keys", django.contrib.postgres.fields.ArrayField(base_field=models.IntegerField(), size=None)),
                (
                    "starts",
                    models.BinaryField(
                        db_default=b"\x01\x01\x01\x01\x01\x01\x01\x01\x01\x01\x01\x01\x01\x01\x01\x01",
                        default=b"\x01\x01\x01\x01\x01\x01\x01\x01\x01\x01\x01\x01\x01\x01\x01\x01",
                    ),
                ),
                ("published_at", models.DateTimeField(null=True)),
                ("evidence", models.SmallIntegerField(default=-1)),
                (
                    "words",
                    django.contrib.postgres.search.SearchVectorField(
                        db_default=models.Value("", django.contrib.postgres.search.SearchVectorField())
                    ),
                ),
                (
                    "head",
                    django.contrib.postgres.search.SearchVectorField(
                        db_default=models.Value("", django.contrib.postgres.search.SearchVectorField())
                    ),
                ),
            ],
            options={
                "verbose_name": "library entry",
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(
                        fastupdate=False, fields=["keys"], name="library_entry_keys"
                    ),
                    django.contrib.postgres.indexes.GinIndex(fields=["words"], name="library_entry_words"),
                    models.Index(
                        models.OrderBy(models.F("published_at"), descending=True, nulls_last=True),
                        models.OrderBy(models.F("practice"), descending=True),
                        name="library_entry_newest",
                    ),
                    models.Index(
                        models.OrderBy(models.F("evidence"), descending=True),
                        models.OrderBy(models.F("published_at"), descending=True, nulls_last=True),
                        models.OrderBy(models.F("practice"), descending=True),
                        name="library_entry_evidence",
                    ),
                ],
            },
        ),
    ]
