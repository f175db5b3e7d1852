from django.db import migrations, models


class Migration(migrations.Migration):
    """The result of an import leads to what it made: its upload keeps the keys for the day that it lasts."""

    dependencies = [("partners", "0004_former_memberships")]
    operations = [
        migrations.AddField(model_name="organisationimport", name="made", field=models.JSONField(default=dict)),
    ]
