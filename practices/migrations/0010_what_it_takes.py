from django.db import migrations, models


class Migration(migrations.Migration):
    """How many people a practice takes, and how long until it runs."""

    dependencies = [("practices", "0004_texts_are_searched_in_entries")]

    operations = [
        migrations.AddField(
            model_name="practice",
            name="staff",
            field=models.DecimalField(
                blank=True,
                decimal_places=2,
                help_text="How many people it takes to run it, for example 2.5. Empty when nobody knows.",
                max_digits=7,
                null=True,
                verbose_name="staff (full-time equivalents)",
            ),
        ),
        migrations.AddField(
            model_name="practice",
            name="months",
            field=models.PositiveSmallIntegerField(
                blank=True,
                help_text="From the decision to the first results in practice. Empty when nobody knows.",
                null=True,
                verbose_name="months until it runs",
            ),
        ),
        migrations.AddConstraint(
            model_name="practice",
            constraint=models.CheckConstraint(
                condition=models.Q(staff__isnull=True) | models.Q(staff__gte=0), name="practice_staff_not_below_zero"
            ),
        ),
    ]
