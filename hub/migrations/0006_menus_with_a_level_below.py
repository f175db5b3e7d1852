from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("hub", "0005_introductions"),
    ]

    operations = [
        migrations.AddField(
            model_name="menuitem",
            name="is_below",
            field=models.BooleanField(
                default=False,
                help_text="It then shows with that entry, as a part of its section. In the header only.",
                verbose_name="belongs below the entry before it",
            ),
        ),
    ]
