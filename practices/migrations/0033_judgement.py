import django.db.models.deletion
import i18nfield.fields
import modelcluster.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    """What an assessor found about each criterion."""

    dependencies = [("hub", "0008_content_changes"), ("practices", "0032_confirmation_request")]

    operations = [
        migrations.CreateModel(
            name="Judgement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sort_order", models.IntegerField(blank=True, editable=False, null=True)),
                (
                    "judgement",
                    models.CharField(
                        choices=[
                            ("met", "met"),
                            ("partly", "partly met"),
                            ("not-met", "not met"),
                            ("not-judged", "not judged"),
                        ],
                        max_length=10,
                        verbose_name="judgement",
                    ),
                ),
                ("reason", i18nfield.fields.I18nTextField(blank=True, default="", verbose_name="reason")),
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
            },
        )
    ]
