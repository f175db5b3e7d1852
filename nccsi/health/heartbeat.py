"""Whether anybody still does what is due: a task of the schedule leaves its moment in the database."""

from datetime import timedelta

from django.db.models.functions import Now
from django.utils import timezone

from nccsi.health.models import Heartbeat

# A worker may be busy with a batch of mail, and a new beat waits one interval before its first task.
PATIENCE = timedelta(minutes=3)


def note() -> None:
    """The schedule is alive."""
    moment = Heartbeat(name="beat", heard_at=Now())
    Heartbeat.objects.bulk_create([moment], update_conflicts=True, unique_fields=["name"], update_fields=["heard_at"])


def silence() -> timedelta | None:
    """How long nothing was heard; None when there never was anything."""
    heard = Heartbeat.objects.values_list("heard_at", flat=True).first()
    return timezone.now() - heard if heard else None
