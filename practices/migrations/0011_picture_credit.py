import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """Who made the picture of a practice, how it may be used, and what it shows, in words."""

    dependencies = [
        ("practices", "0010_made_by_imports"),
        ("wagtailimages", "0027_image_description"),
    ]

    operations = [
        migrations.AddField(
            model_name="practice",
            name="picture_author",
            field=models.CharField(
                blank=True,
                db_default="",
                default="",
                help_text="Who made it: a person or an organisation. Stands below it.",
                max_length=160,
                verbose_name="author of the picture",
            ),
        ),
        migrations.AddField(
            model_name="practice",
            name="picture_licence",
            field=models.CharField(
                blank=True,
                choices=[
                    ("cc-by-4.0", "CC BY 4.0"),
                    ("cc-by-sa-4.0", "CC BY-SA 4.0"),
                    ("cc0-1.0", "CC0 1.0"),
                    ("permission", "used with permission"),
                    ("own", "own work"),
                ],
                db_default="",
                default="",
                help_text="How it may be used. Stands below it.",
                max_length=20,
                verbose_name="licence of the picture",
            ),
        ),
        migrations.AddField(
            model_name="practicetext",
            name="picture_alt",
            field=models.CharField(
                blank=True,
                db_default="",
                default="",
                help_text="For who does not see it. Needed when there is a picture.",
                max_length=200,
                verbose_name="what the picture shows",
            ),
        ),
        migrations.AlterField(
            model_name="practice",
            name="picture",
            field=models.ForeignKey(
                blank=True,
                help_text="Only a picture that you may show. Without one, the page has a drawing of its theme.",
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="wagtailimages.image",
                verbose_name="picture",
            ),
        ),
    ]
