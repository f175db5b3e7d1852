import django.core.validators
from django.db import migrations, models

WAYS = [("room", "in the room"), ("online", "online")]


class Migration(migrations.Migration):
    """An event offers seats in the room, online or both; parties wait together, and seats may be offered first."""

    dependencies = [("events", "0005_came_at")]

    operations = [
        migrations.AddField(
            "event",
            "attendance",
            models.CharField(
                choices=[("room", "In a room"), ("online", "Online"), ("hybrid", "In a room or online")],
                default="room",
                max_length=10,
                verbose_name="how one takes part",
            ),
        ),
        migrations.AlterField(
            "event",
            "capacity",
            models.PositiveIntegerField(
                blank=True, help_text="Empty: no limit.", null=True, verbose_name="seats in the room"
            ),
        ),
        migrations.AddField(
            "event",
            "online_capacity",
            models.PositiveIntegerField(
                blank=True, help_text="Empty: no limit.", null=True, verbose_name="seats online"
            ),
        ),
        migrations.AddField(
            "event",
            "offer_hours",
            models.PositiveSmallIntegerField(
                blank=True,
                help_text="Empty: a free seat goes to the first on the waiting list at once. With a number, the first "
                "is asked, and after so many hours without an answer the next.",
                null=True,
                validators=[
                    django.core.validators.MinValueValidator(1),
                    django.core.validators.MaxValueValidator(336),
                ],
                verbose_name="hours to accept a free seat",
            ),
        ),
        migrations.AddField("event", "list_ended_at", models.DateTimeField(editable=False, null=True)),
        migrations.AddField(
            "registration",
            "wish",
            models.CharField(
                choices=[
                    ("room", "In the room"),
                    ("online", "Online"),
                    ("either", "Online, and in the room as soon as there is a seat"),
                ],
                default="room",
                max_length=10,
                verbose_name="wants to attend",
            ),
        ),
        migrations.AddField(
            "registration",
            "seat",
            models.CharField(
                blank=True, choices=WAYS, default="", editable=False, max_length=10, verbose_name="seat"
            ),
            preserve_default=False,
        ),
        migrations.AddField("registration", "party", models.UUIDField(blank=True, editable=False, null=True)),
        migrations.AddField(
            "registration",
            "is_together",
            models.BooleanField(default=False, editable=False, verbose_name="all together or not at all"),
        ),
        migrations.AddField(
            "registration",
            "offered",
            models.CharField(
                blank=True, choices=WAYS, default="", editable=False, max_length=10, verbose_name="seat offered"
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            "registration",
            "offered_until",
            models.DateTimeField(blank=True, editable=False, null=True, verbose_name="offered until"),
        ),
        migrations.AddField(
            "registration",
            "passes",
            models.PositiveSmallIntegerField(default=0, editable=False, verbose_name="offers let pass"),
        ),
        migrations.AddField(
            "eventchange",
            "old_attendance",
            models.CharField(
                default="room", editable=False, max_length=10, verbose_name="how one took part before"
            ),
        ),
        migrations.AddField(
            "eventchange",
            "new_attendance",
            models.CharField(
                default="room", editable=False, max_length=10, verbose_name="how one takes part since"
            ),
        ),
    ]
