from django.db import models


class Heartbeat(models.Model):
    """When something was last heard of: `beat`, as long as beat asks and a worker acts, and the last `backup`."""

    name = models.CharField(max_length=20, primary_key=True, default="beat")
    heard_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name
