from django.db import migrations, models


class Migration(migrations.Migration):
    """What is shown in order reads no more than it needs: the library by what fits, the reuse that ended last."""

    dependencies = [("practices", "0008_found_reuse")]
    operations = [
        migrations.AddField(model_name="libraryentry", name="months", field=models.SmallIntegerField(null=True)),
        migrations.AddIndex(
            model_name="reuseversion",
            index=models.Index(
                models.F("at").desc(),
                condition=models.Q(outcome__in=["stopped", "failed"]),
                name="reuse_version_ended",
            ),
        ),
    ]
