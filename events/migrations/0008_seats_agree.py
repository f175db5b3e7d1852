from django.db import migrations, models


class Migration(migrations.Migration):
    """Status and seat agree, an offer has an end, and the waiting list holds who wants to come to the room."""

    dependencies = [("events", "0007_seats_by_way")]
    operations = [
        migrations.RemoveIndex("registration", "registration_waiting_list"),
        migrations.AddIndex(
            "registration",
            models.Index(
                models.F("event"),
                models.F("waiting_since"),
                models.F("id"),
                condition=models.Q(status__in=["waiting", "confirmed"], waiting_since__isnull=False),
                name="registration_waiting_list",
            ),
        ),
        migrations.AddConstraint(
            "registration",
            models.CheckConstraint(
                condition=models.Q(models.Q(status="confirmed"), ~models.Q(seat=""))
                | models.Q(~models.Q(status="confirmed"), models.Q(seat="")),
                name="registration_confirmed_has_a_seat",
            ),
        ),
        migrations.AddConstraint(
            "registration",
            models.CheckConstraint(
                condition=models.Q(offered="", offered_until=None)
                | models.Q(~models.Q(offered=""), models.Q(offered_until__isnull=False)),
                name="registration_offer_has_an_end",
            ),
        ),
    ]
