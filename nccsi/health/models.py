from django.db import models


class Heartbeat(models.Model):
    """When something was last heard of: `beat`, as long as beat asks and a worker acts, and the last `backup`."""

    name = models.CharField(max_length=20, primary_key=True, default="beat")
    heard_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name


class TaskCount(models.Model):
    """How often a task ran and failed since the installation, the seconds of all runs, and when it last ran."""

    name = models.CharField(max_length=100, primary_key=True)
    runs = models.PositiveBigIntegerField(default=0)
    failures = models.PositiveBigIntegerField(default=0)
    seconds = models.FloatField(default=0)
    last_run_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name
