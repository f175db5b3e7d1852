import i18nfield.fields
from django.db import migrations


class Migration(migrations.Migration):
    """What people also call a term."""

    dependencies = [
        ("hub", "0080_one_way_to_write_words"),
    ]

    operations = [
        migrations.AddField(
            model_name="term",
            name="synonyms",
            field=i18nfield.fields.I18nTextField(
                blank=True,
                default="",
                help_text="What people also call it, one on a line. A search for one of these finds this term.",
                verbose_name="synonyms",
            ),
        ),
    ]
