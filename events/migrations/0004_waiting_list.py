from django.db import migrations, models


class Migration(migrations.Migration):
    """People wait for a seat at an event that is full, in the order of joining."""

    dependencies = [("events", "0003_has_time")]
    operations = [
        migrations.AddField(
            "registration",
            "waiting_since",
            models.DateTimeField(blank=True, editable=False, null=True, verbose_name="on the waiting list since"),
        ),
        migrations.AddField(
            "registration",
            "moved_up_at",
            models.DateTimeField(
                blank=True, editable=False, null=True, verbose_name="got a seat from the waiting list at"
            ),
        ),
        migrations.AlterField(
            "registration",
            "status",
            models.CharField(
                choices=[
                    ("confirmed", "confirmed"),
                    ("waiting", "on the waiting list"),
                    ("cancelled", "cancelled"),
                ],
                default="confirmed",
                max_length=10,
                verbose_name="status",
            ),
        ),
        migrations.AddIndex(
            "registration",
            models.Index(
                models.F("event"),
                models.F("waiting_since"),
                models.F("id"),
                condition=models.Q(("status", "waiting")),
                name="registration_waiting_list",
            ),
        ),
        migrations.AddConstraint(
            "registration",
            models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status", "waiting"), _negated=True), ("waiting_since__isnull", False), _connector="OR"
                ),
                name="registration_waits_since_a_time",
            ),
        ),
        # On the way back nobody waits any more: that status would mean nothing.
        migrations.RunSQL(
            migrations.RunSQL.noop,
            "UPDATE events_registration SET status = 'cancelled', cancelled_at = now() WHERE status = 'waiting';"
            "SET CONSTRAINTS ALL IMMEDIATE;",
        ),
    ]
