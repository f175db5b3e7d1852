import django.db.models.deletion
import i18nfield.fields
import modelcluster.fields
from django.db import migrations, models

_COMPLETE = models.Q(assessed_on__isnull=True, assessed_by="", assessment_due_on__isnull=True) | (
    models.Q(assessed_on__isnull=False, assessment_due_on__gt=models.F("assessed_on")) & ~models.Q(assessed_by="")
)


class Migration(migrations.Migration):
    """A judgement per criterion, when and by whom, and when it is due again."""

    dependencies = [("hub", "0008_content_changes"), ("practices", "0011_figures_documents_uses")]

    operations = [
        migrations.AddField(
            model_name="practice",
            name="assessed_on",
            field=models.DateField(blank=True, null=True, verbose_name="assessed on"),
        ),
        migrations.AddField(
            model_name="practice",
            name="assessed_by",
            field=models.CharField(
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
        migrations.AddField(
            model_name="practice",
            name="assessment_due_on",
            field=models.DateField(
                blank=True,
                help_text="Left empty: two years after the assessment.",
                null=True,
                verbose_name="assessment due again on",
            ),
        ),
        migrations.AddConstraint(
            model_name="practice",
            constraint=models.CheckConstraint(condition=_COMPLETE, name="practice_assessment_is_complete"),
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
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="judgements",
                        to="practices.practice",
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
                        deferrable=models.Deferrable.DEFERRED,
                        fields=("practice", "criterion"),
                        name="practice_judged_once_per_criterion",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(verdict__in=["met", "partly", "not-met", "not-judged"]),
                        name="practice_verdict_is_known",
                    ),
                ],
            },
        ),
    ]
