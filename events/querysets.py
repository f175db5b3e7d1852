from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Exists, OuterRef
from django.db.models.functions import Now

if TYPE_CHECKING:
    from events.models import Event, Registration  # noqa: F401  # named in the annotations below


class EventQuerySet(models.QuerySet["Event"]):
    def public(self) -> Self:
        """Events that a visitor may see: those with a live page in some language."""
        from events.models import EventPage  # models imports this module

        return self.filter(
            Exists(EventPage.objects.live().public().filter(event=OuterRef("pk")))
        )

    def upcoming(self) -> Self:
        """Not over yet."""
        return self.filter(ends_at__gt=Now())

    def past(self) -> Self:
        return self.filter(ends_at__lte=Now()).order_by("-starts_at", "-pk")


class RegistrationQuerySet(models.QuerySet["Registration"]):
    def confirmed(self) -> Self:
        """Those who have a seat."""
        return self.filter(status="confirmed")
