from django.db import migrations, models


class Migration(migrations.Migration):
    """When people are written to after an event, and whether its marks are shown: columns that PostgreSQL adds
    without writing the table anew."""

    dependencies = [("events", "0018_feedback")]
    operations = [
        migrations.AddField(
            model_name="event",
            name="thanks",
            field=models.BooleanField(
                db_default=True,
                default=True,
                help_text="Thanks with the feedback form to who came; the materials to who had a seat and did not come.",
                verbose_name="write to people afterwards",
            ),
        ),
        migrations.AddField(
            model_name="event",
            name="thanks_at",
            field=models.DateTimeField(
                blank=True,
                help_text="Empty: at nine in the morning after the event. Brussels time.",
                null=True,
                verbose_name="write to them at",
            ),
        ),
        migrations.AddField(
            model_name="event",
            name="thanked_at",
            field=models.DateTimeField(blank=True, editable=False, null=True, verbose_name="people were written to at"),
        ),
        migrations.AddField(
            model_name="event",
            name="shows_feedback",
            field=models.BooleanField(
                db_default=False,
                default=False,
                help_text="Only numbers, and only from five answers on; what people wrote is never shown.",
                verbose_name="show the marks on the event's page",
            ),
        ),
    ]
