import modelcluster.fields
from django.conf import settings
from django.db import migrations


class Migration(migrations.Migration):
    """Who may see an event and its sign-ups besides staff: a new table."""

    dependencies = [
        ("events", "0012_reminders"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = [
        migrations.AddField(
            "event",
            "organisers",
            modelcluster.fields.ParentalManyToManyField(
                blank=True,
                help_text="People of the group Organisers: they see this event and who signed up for it, and no other.",
                limit_choices_to={"groups__name": "Organisers"},
                related_name="organised_events",
                to=settings.AUTH_USER_MODEL,
                verbose_name="organisers",
            ),
        ),
    ]
