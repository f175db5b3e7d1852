import django.db.models.functions.datetime
from django.db import migrations, models


class Migration(migrations.Migration):
    """Until when those who follow an organisation or a theme have heard of each kind of thing."""

    dependencies = [("hub", "0005_saved_searches")]
    operations = [
        migrations.CreateModel(
            name="SourceTold",
            fields=[
                ("source", models.CharField(max_length=20, primary_key=True, serialize=False, verbose_name="source")),
                (
                    "told_until",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), verbose_name="told until"
                    ),
                ),
            ],
            options={
                "verbose_name": "source of news",
                "verbose_name_plural": "sources of news",
                "default_permissions": (),
            },
        ),
    ]
