from django.db import migrations, models


class Migration(migrations.Migration):
    """Who came: a nullable column, which PostgreSQL adds without writing the table anew."""

    dependencies = [("events", "0004_waiting_list")]

    operations = [
        migrations.AddField(
            model_name="registration",
            name="came_at",
            field=models.DateTimeField(blank=True, editable=False, null=True, verbose_name="came at"),
        ),
    ]
