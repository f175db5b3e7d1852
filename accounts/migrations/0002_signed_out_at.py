from django.db import migrations, models


class Migration(migrations.Migration):
    """Lets sessions be ended: a column that is empty until then, added without rewriting the table."""

    dependencies = [("accounts", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="user",
            name="signed_out_at",
            field=models.DateTimeField(blank=True, editable=False, null=True, verbose_name="signed out everywhere at"),
        ),
    ]
