from django.db import migrations, models


class Migration(migrations.Migration):
    """What is shown in order reads no more than it needs: the library by what fits, what ended or was decided last."""

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
        migrations.AddIndex(
            model_name="reuseversion",
            index=models.Index(
                condition=models.Q(outcome__in=["works", "part"]), fields=["id"], name="reuse_version_did_well"
            ),
        ),
        migrations.AddIndex(
            model_name="reuse",
            index=models.Index(
                condition=models.Q(state__in=["waiting", "accepted", "returned"], shown__isnull=False),
                fields=["country"],
                include=["practice", "shown", "organisation"],
                name="reuse_in_country",
            ),
        ),
        migrations.AddIndex(
            model_name="policyhook",
            index=models.Index(
                fields=["-status_since", "-id"], condition=models.Q(("status", ""), _negated=True), name="policyhook_latest"
            ),
        ),
    ]
