from django.db import migrations, models


class Migration(migrations.Migration):
    """Titles of pages as they are compared, worked out once and not for each search."""

    dependencies = [
        ("hub", "0090_page_entries"),
    ]

    operations = [
        migrations.AddField(
            model_name="pageentry",
            name="plain_title",
            field=models.GeneratedField(
                db_persist=True,
                expression=models.Func("title", function="hub_plain", output_field=models.TextField()),
                output_field=models.TextField(),
            ),
        ),
    ]
