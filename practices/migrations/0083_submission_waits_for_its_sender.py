from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("practices", "0082_fill_words_anew")]

    operations = [
        migrations.AlterField(
            model_name="submission",
            name="status",
            field=models.CharField(
                choices=[
                    ("draft", "draft"),
                    ("submitted", "under review"),
                    ("questions", "waiting for the sender’s answer"),
                    ("refused", "refused"),
                    ("published", "published"),
                    ("withdrawn", "withdrawn"),
                ],
                default="draft",
                max_length=10,
                verbose_name="status",
            ),
        ),
    ]
