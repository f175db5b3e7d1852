import datetime
import uuid

import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.comparison
import django.db.models.functions.datetime
import django.db.models.functions.text
import django.utils.timezone
import modelcluster.fields
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "__first__"),
        ("calls", "0001_calls"),
        ("hub", "0002_pages_and_vocabularies"),
        ("wagtailimages", "0027_image_description"),
    ]

    operations = [
        migrations.CreateModel(
            name="Organisation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("slug", models.SlugField(max_length=80, unique=True, verbose_name="slug")),
                ("name", models.CharField(max_length=160, verbose_name="name")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("proposed", "proposed, not yet shown"),
                            ("listed", "in the directory"),
                            ("hidden", "hidden"),
                        ],
                        default="proposed",
                        max_length=10,
                        verbose_name="status",
                    ),
                ),
                ("original_language", models.CharField(default="nl", max_length=5, verbose_name="original language")),
                (
                    "size",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("micro", "micro: fewer than 10 people"),
                            ("small", "small: 10 to 49 people"),
                            ("medium", "medium: 50 to 249 people"),
                            ("large", "large: 250 people or more"),
                        ],
                        db_default="",
                        default="",
                        max_length=10,
                        verbose_name="size",
                    ),
                ),
                (
                    "networks",
                    models.JSONField(
                        blank=True, default=list, help_text='For example ["insisst"].', verbose_name="networks"
                    ),
                ),
                ("website", models.URLField(blank=True, verbose_name="website")),
                (
                    "email",
                    models.EmailField(
                        blank=True,
                        help_text="Not shown; messages are passed on.",
                        max_length=254,
                        verbose_name="mailbox",
                    ),
                ),
                (
                    "enterprise_number",
                    models.CharField(
                        blank=True, help_text="Ten digits.", max_length=10, verbose_name="enterprise number (KBO/BCE)"
                    ),
                ),
                (
                    "vcode",
                    models.CharField(
                        blank=True,
                        help_text="A V and seven digits.",
                        max_length=10,
                        verbose_name="vCode (Verenigingsregister)",
                    ),
                ),
                ("pic", models.CharField(blank=True, help_text="Nine digits.", max_length=9, verbose_name="EU PIC")),
                (
                    "verified_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="verified at"),
                ),
                (
                    "verified_how",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("domain", "mail from the domain of its website"),
                            ("phone", "a phone call"),
                            ("document", "a document"),
                        ],
                        db_default="",
                        default="",
                        editable=False,
                        max_length=10,
                        verbose_name="verified by what",
                    ),
                ),
                (
                    "verified_facts",
                    models.JSONField(blank=True, editable=False, null=True, verbose_name="facts when it was verified"),
                ),
                (
                    "created_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), verbose_name="created at"
                    ),
                ),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="changed at")),
                (
                    "plain_name",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Func("name", function="hub_plain", output_field=models.TextField()),
                        output_field=models.TextField(),
                    ),
                ),
                (
                    "country",
                    models.ForeignKey(
                        limit_choices_to={"vocabulary": "country"},
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="hub.term",
                        verbose_name="country",
                    ),
                ),
                (
                    "logo",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="wagtailimages.image",
                        verbose_name="logo",
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
                (
                    "sector",
                    models.ForeignKey(
                        limit_choices_to={"vocabulary": "sector"},
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="hub.term",
                        verbose_name="sector",
                    ),
                ),
                (
                    "terms",
                    modelcluster.fields.ParentalManyToManyField(
                        blank=True,
                        limit_choices_to={"vocabulary__in": ["track", "theme", "target", "region"]},
                        related_name="organisations",
                        to="hub.term",
                        verbose_name="expertise, target groups, where it is active",
                    ),
                ),
            ],
            options={
                "verbose_name": "organisation",
                "verbose_name_plural": "organisations",
                "ordering": [django.db.models.functions.text.Lower("name"), "pk"],
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(
                        django.contrib.postgres.indexes.OpClass("plain_name", "gin_trgm_ops"),
                        name="organisation_similar_name",
                    ),
                    models.Index(
                        models.Func(
                            django.db.models.functions.text.Lower("website"),
                            models.Value("^[a-z]+://(?:www\\.)?([^/:?#]+)"),
                            function="substring",
                        ),
                        name="organisation_website_domain",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("pic", ""), ("pic__regex", "^\\d{9}$"), _connector="OR"),
                        name="organisation_pic_has_nine_digits",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("enterprise_number", ""), ("enterprise_number__regex", "^[01]\\d{9}$"), _connector="OR"
                        ),
                        name="organisation_enterprise_number_has_ten_digits",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("vcode", ""), ("vcode__regex", "^V\\d{7}$"), _connector="OR"),
                        name="organisation_vcode_has_seven_digits",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("verified_at", None), ("verified_facts__isnull", True), ("verified_how", "")),
                            models.Q(
                                ("verified_at__isnull", False),
                                ("verified_facts__isnull", False),
                                models.Q(("verified_how", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="organisation_verified_by_something",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("enterprise_number", ""), _negated=True),
                        fields=("enterprise_number",),
                        name="organisation_enterprise_number_once",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("vcode", ""), _negated=True),
                        fields=("vcode",),
                        name="organisation_vcode_once",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("pic", ""), _negated=True), fields=("pic",), name="organisation_pic_once"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Notice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[("offer", "offer"), ("request", "request")], max_length=10, verbose_name="kind"
                    ),
                ),
                ("title", models.CharField(max_length=120, verbose_name="title")),
                ("text", models.TextField(max_length=4000, verbose_name="text")),
                ("language", models.CharField(max_length=5, verbose_name="language")),
                ("until", models.DateField(verbose_name="until")),
                (
                    "created_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), verbose_name="created at"
                    ),
                ),
                (
                    "renewed_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(),
                        default=django.utils.timezone.now,
                        verbose_name="renewed at",
                    ),
                ),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True, verbose_name="withdrawn at")),
                (
                    "taken_down_reason",
                    models.TextField(blank=True, default="", max_length=2000, verbose_name="why it was taken down"),
                ),
                ("warned_for", models.DateField(blank=True, null=True, verbose_name="warned for")),
                (
                    "search_vector",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Func(
                            "language",
                            models.F("title"),
                            models.F("text"),
                            models.Value(""),
                            models.Value(""),
                            function="hub_vector",
                            languages="de en fr nl",
                            output_field=django.contrib.postgres.search.SearchVectorField(),
                        ),
                        output_field=django.contrib.postgres.search.SearchVectorField(),
                    ),
                ),
                (
                    "call",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="notices",
                        to="calls.call",
                        verbose_name="call",
                    ),
                ),
                (
                    "country",
                    models.ForeignKey(
                        limit_choices_to={"vocabulary": "country"},
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="hub.term",
                        verbose_name="country",
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="made by",
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
                (
                    "terms",
                    models.ManyToManyField(
                        blank=True,
                        limit_choices_to={"vocabulary__in": ["track", "theme"]},
                        related_name="+",
                        to="hub.term",
                        verbose_name="themes and action tracks",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="notices",
                        to="partners.organisation",
                        verbose_name="organisation",
                    ),
                ),
            ],
            options={
                "verbose_name": "offer or request",
                "verbose_name_plural": "offers and requests",
                "ordering": ["-renewed_at", "-pk"],
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(fields=["search_vector"], name="notice_search"),
                    models.Index(condition=models.Q(("withdrawn_at", None)), fields=["until"], name="notice_until"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["offer", "request"])), name="notice_offers_or_seeks"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "until__lte",
                                django.db.models.expressions.CombinedExpression(
                                    django.db.models.functions.comparison.Cast(
                                        models.Func(
                                            models.Value("Europe/Brussels"),
                                            models.F("renewed_at"),
                                            function="timezone",
                                            output_field=models.DateTimeField(),
                                        ),
                                        models.DateField(),
                                    ),
                                    "+",
                                    models.Value(datetime.timedelta(days=366)),
                                ),
                            )
                        ),
                        name="notice_a_year_at_most",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("taken_down_reason", ""), ("withdrawn_at__isnull", False), _connector="OR"),
                        name="notice_taken_down_is_withdrawn",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Membership",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "role",
                    models.CharField(
                        choices=[("owner", "owner"), ("editor", "editor")],
                        default="editor",
                        max_length=10,
                        verbose_name="role",
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), verbose_name="since"),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="memberships",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="person",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="memberships",
                        to="partners.organisation",
                        verbose_name="organisation",
                    ),
                ),
            ],
            options={
                "verbose_name": "membership",
                "verbose_name_plural": "memberships",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("user", "organisation"), name="membership_once_per_person_and_organisation"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="LikelyPair",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("same_domain", models.BooleanField(default=False, verbose_name="same website")),
                ("likeness", models.FloatField(default=0, verbose_name="how much the names resemble each other")),
                (
                    "found_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), verbose_name="found at"),
                ),
                ("two_at", models.DateTimeField(blank=True, null=True, verbose_name="marked as different at")),
                (
                    "two_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="marked as different by",
                    ),
                ),
                (
                    "first",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="partners.organisation",
                        verbose_name="organisation",
                    ),
                ),
                (
                    "second",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="partners.organisation",
                        verbose_name="other organisation",
                    ),
                ),
            ],
            options={
                "verbose_name": "likely duplicate",
                "verbose_name_plural": "likely duplicates",
                "ordering": ["-same_domain", "-likeness", "pk"],
                "default_permissions": (),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("first", models.F("second")), _negated=True), name="likely_pair_of_two"
                    ),
                    models.UniqueConstraint(
                        django.db.models.functions.comparison.Least("first", "second"),
                        django.db.models.functions.comparison.Greatest("first", "second"),
                        name="likely_pair_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Invitation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("email", models.EmailField(max_length=254, verbose_name="e-mail address")),
                (
                    "role",
                    models.CharField(
                        choices=[("owner", "owner"), ("editor", "editor")],
                        default="editor",
                        max_length=10,
                        verbose_name="role",
                    ),
                ),
                ("language", models.CharField(max_length=5, verbose_name="language")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("waiting", "waiting for an answer"),
                            ("accepted", "accepted"),
                            ("withdrawn", "withdrawn"),
                        ],
                        default="waiting",
                        max_length=10,
                        verbose_name="status",
                    ),
                ),
                (
                    "sent_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), verbose_name="sent at"),
                ),
                (
                    "accepted_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="accepted by",
                    ),
                ),
                (
                    "invited_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="invited by",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="invitations",
                        to="partners.organisation",
                        verbose_name="organisation",
                    ),
                ),
            ],
            options={
                "verbose_name": "invitation",
                "verbose_name_plural": "invitations",
                "ordering": ["-sent_at", "-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("email", django.db.models.functions.text.Lower("email"))),
                        name="invitation_email_in_lower_case",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("status", "waiting")),
                        fields=("organisation", "email"),
                        name="invitation_waits_once_per_organisation_and_address",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="EarlierOrganisationSlug",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("slug", models.SlugField(max_length=80)),
                ("left_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="earlier_slugs",
                        to="partners.organisation",
                    ),
                ),
            ],
            options={
                "verbose_name": "earlier slug",
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(fields=("slug", "organisation"), name="organisation_earlier_slug_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Claim",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("is_new", models.BooleanField(default=False, verbose_name="proposes a new profile")),
                ("position", models.CharField(max_length=120, verbose_name="what you do there")),
                ("message", models.TextField(blank=True, max_length=2000, verbose_name="what the centre should know")),
                (
                    "is_from_elsewhere",
                    models.BooleanField(default=False, verbose_name="mail address at another domain"),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("waiting", "waiting for the centre"),
                            ("accepted", "accepted"),
                            ("refused", "refused"),
                            ("withdrawn", "withdrawn"),
                        ],
                        default="waiting",
                        max_length=10,
                        verbose_name="status",
                    ),
                ),
                ("reason", models.TextField(blank=True, max_length=2000, verbose_name="reason")),
                (
                    "created_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), verbose_name="sent at"),
                ),
                ("decided_at", models.DateTimeField(blank=True, null=True, verbose_name="decided at")),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="organisation_claims",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="person",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="claims",
                        to="partners.organisation",
                        verbose_name="organisation",
                    ),
                ),
            ],
            options={
                "verbose_name": "claim",
                "verbose_name_plural": "claims",
                "ordering": ["-created_at", "-pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("status", "waiting")),
                        fields=("organisation", "user"),
                        name="claim_waits_once_per_organisation_and_person",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided_at", None), ("status", "waiting")),
                            models.Q(models.Q(("status", "waiting"), _negated=True), ("decided_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="claim_decided_has_a_time",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="OrganisationImport",
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
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="organisation_imports",
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
            name="OrganisationText",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("language", models.CharField(max_length=5, verbose_name="language")),
                ("summary", models.CharField(max_length=280, verbose_name="summary")),
                ("body", models.TextField(blank=True, verbose_name="description")),
                (
                    "search_vector",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Func(
                            "language",
                            models.Value(""),
                            models.F("summary"),
                            models.F("body"),
                            models.Value(""),
                            function="hub_vector",
                            languages="de en fr nl",
                            output_field=django.contrib.postgres.search.SearchVectorField(),
                        ),
                        output_field=django.contrib.postgres.search.SearchVectorField(),
                    ),
                ),
                (
                    "organisation",
                    modelcluster.fields.ParentalKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="texts", to="partners.organisation"
                    ),
                ),
            ],
            options={
                "verbose_name": "text",
                "verbose_name_plural": "texts",
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(fields=["search_vector"], name="organisation_text_search")
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("organisation", "language"), name="organisation_text_once_per_language"
                    )
                ],
            },
        ),
    ]
