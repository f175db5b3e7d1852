from django.db import migrations, models


class Migration(migrations.Migration):
    """The link in a mail is bound to one invitation of an organisation."""

    dependencies = [("consortia", "0006_time_stamps")]

    operations = [
        migrations.AddField(
            model_name="member",
            name="invitation",
            field=models.PositiveIntegerField(db_default=1, default=1, editable=False, verbose_name="invitation"),
        ),
    ]
