import django.db.models.deletion
import django.utils.timezone
import i18nfield.fields
import modelcluster.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("hub", "0004_changes_stay"),
        ("wagtaildocs", "0014_alter_document_file_size"),
    ]

    operations = [
        migrations.CreateModel(
            name="CallDocument",
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
                    "version",
                    models.CharField(
                        blank=True, help_text="For example: 2, or draft.", max_length=40, verbose_name="version"
                    ),
                ),
                (
                    "published_on",
                    models.DateField(
                        default=django.utils.timezone.localdate,
                        help_text="The page shows the document from this day on.",
                        verbose_name="published on",
                    ),
                ),
                (
                    "call",
                    modelcluster.fields.ParentalKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="documents",
                        to="hub.call",
                        verbose_name="call",
                    ),
                ),
                (
                    "document",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="wagtaildocs.document",
                        verbose_name="file",
                    ),
                ),
            ],
            options={
                "verbose_name": "document of a call",
                "verbose_name_plural": "documents of a call",
                "ordering": ["sort_order"],
                "abstract": False,
            },
        ),
    ]
