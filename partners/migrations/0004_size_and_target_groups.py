import modelcluster.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    """How large an organisation is, for whom it works and where it is active."""

    dependencies = [("partners", "0003_owners_and_editors")]
    operations = [
        migrations.AddField(
            "organisation",
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
        migrations.AlterField(
            "organisation",
            "terms",
            modelcluster.fields.ParentalManyToManyField(
                blank=True,
                limit_choices_to={"vocabulary__in": ["track", "theme", "target", "region"]},
                related_name="organisations",
                to="hub.term",
                verbose_name="expertise, target groups, where it is active",
            ),
        ),
    ]
