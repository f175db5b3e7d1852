from django.db import migrations, models


class Migration(migrations.Migration):
    """Seats beyond the share of one line to the internet wait for a click in the mail.

    Undone, a seat that is still kept for somebody stays theirs; one that nobody confirmed in time stays free.
    """

    dependencies = [("events", "0023_colleagues_share_a_mailbox")]

    operations = [
        migrations.AddField(
            model_name="registration",
            name="line",
            field=models.CharField(blank=True, editable=False, max_length=64),
        ),
        migrations.AddField(
            model_name="registration",
            name="reserved_until",
            field=models.DateTimeField(blank=True, editable=False, null=True, verbose_name="to be confirmed until"),
        ),
        migrations.RunSQL(
            migrations.RunSQL.noop,
            reverse_sql="""
            UPDATE events_registration SET status = 'cancelled', cancelled_at = reserved_until
            WHERE status = 'confirmed' AND reserved_until <= now()
            """,
        ),
    ]
