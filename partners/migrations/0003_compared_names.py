import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """Which names were compared with all others, so that only new ones are."""

    dependencies = [("partners", "0002_earlier_slugs")]
    operations = [
        migrations.CreateModel(
            name="ComparedName",
            fields=[
                (
                    "organisation",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="compared",
                        serialize=False,
                        to="partners.organisation",
                        verbose_name="organisation",
                    ),
                ),
                ("plain_name", models.TextField(verbose_name="compared name")),
            ],
            options={
                "verbose_name": "compared name",
                "verbose_name_plural": "compared names",
                "default_permissions": (),
            },
        )
    ]
