"""Whether anybody still does what is due: a task of the schedule leaves its moment in the database, and a backup."""

from datetime import datetime, timedelta

from django.db.models.functions import Now

from nccsi.health.models import Heartbeat

# A worker may be busy with a batch of mail, and a new beat waits one interval before its first task.
PATIENCE = timedelta(minutes=3)
BEAT, BACKUP = "beat", "backup"


def note(name: str = BEAT, *, at: datetime | None = None) -> None:
    """This is alive, or was done; now, unless another moment is given."""
    moment = Heartbeat(name=name, heard_at=at or Now())
    Heartbeat.objects.bulk_create([moment], update_conflicts=True, unique_fields=["name"], update_fields=["heard_at"])


def last(name: str) -> datetime | None:
    """When it was heard of; None when never."""
    return Heartbeat.objects.filter(name=name).values_list("heard_at", flat=True).first()
