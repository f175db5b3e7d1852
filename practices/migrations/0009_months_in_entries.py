from django.db import migrations, models


class Migration(migrations.Migration):
    """The library's entries tell how long each practice takes, so that the order of what fits reads nothing else."""

    dependencies = [("practices", "0008_found_reuse")]
    operations = [
        migrations.AddField(model_name="libraryentry", name="months", field=models.SmallIntegerField(null=True)),
    ]
