import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """An organisation is not deleted while a consortium has a place for it."""

    dependencies = [("consortia", "0014_proposals_of_a_declaration")]
    operations = [
        migrations.AlterField(
            "member",
            "organisation",
            models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="partners.organisation",
                verbose_name="organisation",
            ),
        ),
        migrations.AlterModelOptions(
            "member",
            {
                "ordering": ["-is_lead", "pk"],
                "verbose_name": "place in a consortium",
                "verbose_name_plural": "places in consortia",
            },
        ),
    ]
