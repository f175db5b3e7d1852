from django.db import migrations, models


class Migration(migrations.Migration):
    """Names of organisations as they are compared, worked out once and not for each search."""

    dependencies = [
        ("partners", "0082_answers_that_wait"),
    ]

    operations = [
        migrations.AddField(
            model_name="organisation",
            name="plain_name",
            field=models.GeneratedField(
                db_persist=True,
                expression=models.Func("name", function="hub_plain", output_field=models.TextField()),
                output_field=models.TextField(),
            ),
        ),
    ]
