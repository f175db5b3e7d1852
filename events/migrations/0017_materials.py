import django.db.models.deletion
import i18nfield.fields
import modelcluster.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    """What was shown at an event: a new table."""

    dependencies = [("events", "0016_certificates"), ("wagtaildocs", "0014_alter_document_file_size")]
    operations = [
        migrations.CreateModel(
            name="EventMaterial",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sort_order", models.IntegerField(blank=True, editable=False, null=True)),
                (
                    "title",
                    i18nfield.fields.I18nCharField(
                        blank=True,
                        default="",
                        help_text="Without it, the file's own title is shown.",
                        verbose_name="title",
                    ),
                ),
                (
                    "link",
                    models.URLField(blank=True, help_text="For example of a recording.", verbose_name="or an address"),
                ),
                (
                    "language",
                    models.CharField(
                        blank=True, help_text="What it is written or spoken in.", max_length=5, verbose_name="language"
                    ),
                ),
                (
                    "made_by",
                    models.CharField(
                        blank=True,
                        help_text="The person or organisation whose work it is.",
                        max_length=160,
                        verbose_name="made by",
                    ),
                ),
                (
                    "document",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="wagtaildocs.document",
                        verbose_name="file",
                    ),
                ),
                (
                    "event",
                    modelcluster.fields.ParentalKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="materials",
                        to="events.event",
                        verbose_name="event",
                    ),
                ),
            ],
            options={
                "verbose_name": "material of an event",
                "verbose_name_plural": "materials of an event",
                "ordering": ["sort_order"],
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("document__isnull", False), ("link", "")),
                            models.Q(("document", None), models.Q(("link", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="material_is_a_file_or_an_address",
                    )
                ],
            },
        ),
    ]
