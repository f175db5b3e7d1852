import django.core.validators
import django.db.models.deletion
import i18nfield.fields
import modelcluster.fields
from django.db import migrations, models

_ID = ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"))
_ORDER = ("sort_order", models.IntegerField(blank=True, editable=False, null=True))
_ON_THE_WEB = django.core.validators.URLValidator(schemes=["https", "http"])


def _practice(name: str) -> tuple[str, models.Field]:
    key = modelcluster.fields.ParentalKey(
        on_delete=django.db.models.deletion.CASCADE, related_name=name, to="practices.practice"
    )
    return "practice", key


class Migration(migrations.Migration):
    """What can be counted, downloaded and visited of a practice."""

    dependencies = [
        ("hub", "0008_content_changes"),
        ("practices", "0010_what_it_takes"),
        ("wagtaildocs", "0014_alter_document_file_size"),
    ]

    operations = [
        migrations.CreateModel(
            name="PracticeFigure",
            fields=[
                _ID,
                _ORDER,
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
                    models.URLField(blank=True, validators=[_ON_THE_WEB], verbose_name="where it can be read"),
                ),
                _practice("figures"),
            ],
            options={
                "verbose_name": "result in figures",
                "verbose_name_plural": "results in figures",
                "ordering": ["sort_order"],
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(year__isnull=True) | models.Q(year__gte=1200, year__lt=2101),
                        name="practice_figure_of_a_year",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PracticeDocument",
            fields=[
                _ID,
                _ORDER,
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
                _practice("documents"),
            ],
            options={
                "verbose_name": "document of a practice",
                "verbose_name_plural": "documents of a practice",
                "ordering": ["sort_order"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="PracticeUse",
            fields=[
                _ID,
                _ORDER,
                ("organisation", models.CharField(blank=True, max_length=160, verbose_name="organisation")),
                ("place", models.CharField(blank=True, max_length=100, verbose_name="place")),
                ("since", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="since (year)")),
                ("website", models.URLField(blank=True, validators=[_ON_THE_WEB], verbose_name="address")),
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
                _practice("uses"),
            ],
            options={
                "verbose_name": "place of use",
                "verbose_name_plural": "places of use",
                "ordering": ["sort_order"],
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(since__isnull=True) | models.Q(since__gte=1200, since__lt=2101),
                        name="practice_use_since_a_year",
                    ),
                    models.CheckConstraint(
                        condition=~models.Q(organisation="") | ~models.Q(place="") | models.Q(country__isnull=False),
                        name="practice_use_is_somewhere",
                    ),
                ],
            },
        ),
    ]
