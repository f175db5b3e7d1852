from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import migrations, models


class Migration(migrations.Migration):
    """A form says at the field what the database refuses; nothing changes in the tables."""

    dependencies = [("hub", "0008_content_changes")]

    operations = [
        migrations.AlterField(
            model_name="call",
            name="budget",
            field=models.DecimalField(
                blank=True,
                decimal_places=2,
                max_digits=14,
                null=True,
                validators=[MinValueValidator(0)],
                verbose_name="budget in euro",
            ),
        ),
        migrations.AlterField(
            model_name="call",
            name="funding_rate",
            field=models.PositiveSmallIntegerField(
                blank=True,
                null=True,
                validators=[MaxValueValidator(100)],
                verbose_name="funding rate in per cent",
            ),
        ),
    ]
