import django.db.models.deletion
import i18nfield.fields
import modelcluster.fields
import wagtail.models.preview
from django.db import migrations, models

import hub.newsletter.models


class Migration(migrations.Migration):
    """Issues of the newsletter and what they tell."""

    dependencies = [("hub", "0006_questions")]

    operations = [
        migrations.CreateModel(
            name="Digest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "period",
                    models.CharField(
                        choices=[("weekly", "weekly"), ("monthly", "monthly")],
                        default="monthly",
                        max_length=10,
                        verbose_name="period",
                    ),
                ),
                (
                    "languages",
                    models.JSONField(
                        default=hub.newsletter.models._all_languages,
                        help_text="Who follows the newsletter in another language gets nothing of this issue.",
                        verbose_name="languages",
                    ),
                ),
                ("subject", i18nfield.fields.I18nCharField(max_length=150, verbose_name="subject")),
                (
                    "introduction",
                    i18nfield.fields.I18nTextField(blank=True, default="", verbose_name="introduction"),
                ),
                ("since", models.DateTimeField(verbose_name="what is new since")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created at")),
                ("sent_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="sent at")),
            ],
            options={
                "verbose_name": "newsletter",
                "verbose_name_plural": "newsletters",
                "ordering": ["-created_at", "-pk"],
            },
            bases=(wagtail.models.preview.PreviewableMixin, models.Model),
        ),
        migrations.CreateModel(
            name="DigestItem",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sort_order", models.IntegerField(blank=True, editable=False, null=True)),
                ("what", models.CharField(max_length=120, verbose_name="what")),
                (
                    "digest",
                    modelcluster.fields.ParentalKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="items",
                        to="hub.digest",
                        verbose_name="newsletter",
                    ),
                ),
            ],
            options={
                "verbose_name": "item",
                "verbose_name_plural": "items",
                "ordering": ["sort_order"],
                "abstract": False,
                "constraints": [models.UniqueConstraint(fields=("digest", "what"), name="digestitem_once_per_digest")],
            },
        ),
    ]
