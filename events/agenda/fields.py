"""Fields of events that hold a choice of their own."""

from typing import Any

from django.db import models

USUAL_HOURS = (7 * 24, 24)


def usual_hours() -> list[int]:
    """A week before and a day before."""
    return list(USUAL_HOURS)


class ReminderHoursField(models.JSONField):
    """How many hours before an event its reminders leave. Migrations know it as the column that it is."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"default": usual_hours, **kwargs})

    def deconstruct(self) -> Any:
        name, _path, arguments, kwargs = super().deconstruct()
        kwargs.pop("default", None)
        return name, "django.db.models.JSONField", arguments, kwargs
