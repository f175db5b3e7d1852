import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
import django.db.models.functions.datetime
import django.db.models.functions.text
import modelcluster.fields
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("hub", "0002_pages_and_vocabularies"),
        ("wagtailimages", "0027_image_description"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
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
                ("vcode", models.CharField(blank=True, max_length=10, verbose_name="vCode (Verenigingsregister)")),
                ("pic", models.CharField(blank=True, help_text="Nine digits.", max_length=9, verbose_name="EU PIC")),
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
                        limit_choices_to={"vocabulary__in": ["track", "theme"]},
                        related_name="organisations",
                        to="hub.term",
                        verbose_name="expertise",
                    ),
                ),
            ],
            options={
                "verbose_name": "organisation",
                "verbose_name_plural": "organisations",
                "ordering": [django.db.models.functions.text.Lower("name"), "pk"],
            },
        ),
        migrations.CreateModel(
            name="Membership",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "role",
                    models.CharField(
                        choices=[("owner", "owner"), ("member", "member")],
                        default="member",
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
            },
        ),
        migrations.AddConstraint(
            model_name="organisation",
            constraint=models.CheckConstraint(
                condition=models.Q(("pic", ""), ("pic__regex", "^\\d{9}$"), _connector="OR"),
                name="organisation_pic_has_nine_digits",
            ),
        ),
        migrations.AddConstraint(
            model_name="organisation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("enterprise_number", ""), ("enterprise_number__regex", "^[01]\\d{9}$"), _connector="OR"
                ),
                name="organisation_enterprise_number_has_ten_digits",
            ),
        ),
        migrations.AddConstraint(
            model_name="membership",
            constraint=models.UniqueConstraint(
                fields=("user", "organisation"), name="membership_once_per_person_and_organisation"
            ),
        ),
        migrations.AddConstraint(
            model_name="earlierorganisationslug",
            constraint=models.UniqueConstraint(fields=("slug", "organisation"), name="organisation_earlier_slug_once"),
        ),
        migrations.AddIndex(
            model_name="organisationtext",
            index=django.contrib.postgres.indexes.GinIndex(fields=["search_vector"], name="organisation_text_search"),
        ),
        migrations.AddConstraint(
            model_name="organisationtext",
            constraint=models.UniqueConstraint(
                fields=("organisation", "language"), name="organisation_text_once_per_language"
            ),
        ),
    ]
