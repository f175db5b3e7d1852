from django.db import models


class Heartbeat(models.Model):
    """The one row that the schedule renews: as long as it does, beat asks and a worker acts."""

    name = models.CharField(max_length=20, primary_key=True, default="beat")
    heard_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name
