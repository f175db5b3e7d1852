"""Events as they are read: which a visitor may see, in which order, and where they stand."""

from typing import Any, Self, TypeVar

from django.db import models
from django.db.models import Exists, F, Func, OuterRef, Q
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce, Extract, Least, Now
from django.db.models.lookups import GreaterThan, LessThanOrEqual
from wagtail.models import Page

from events.agenda.ways import Way
from hub.site.visibility import visible

# Events: the model is not imported, it has this for its reads.
Row = TypeVar("Row", bound=models.Model)


# Written out: put together for each sign-up, it would take longer than the database takes to count.
_NUMBER = """(
    SELECT count(*) FROM events_registration AS theirs
    WHERE theirs.event_id = %(expressions)s AND {condition}
        AND (theirs.reserved_until IS NULL OR theirs.reserved_until > statement_timestamp())
)"""
_TAKEN = "(theirs.seat = '{way}' OR theirs.offered = '{way}' AND theirs.offered_until > statement_timestamp())"


def _number_of(condition: str) -> Combinable:
    """How many registrations of an event meet this; one that is reserved counts until its time is over."""
    return Func(F("pk"), template=_NUMBER.format(condition=condition), output_field=models.IntegerField())


def _taken(way: Way) -> Combinable:
    """Seats of one kind that somebody has, or may still accept."""
    return _number_of(_TAKEN.format(way=way.value))


class EventQuerySet(models.QuerySet[Row]):
    def public(self) -> Self:
        """Events that a visitor may see: those with a live page in some language, their own or that of their series."""
        own = visible(Page.objects.filter(eventpage__event=OuterRef("pk")))
        shared = visible(Page.objects.filter(eventpage__series=OuterRef("series")))
        return self.filter(Q(Exists(own)) | Q(Exists(shared)))

    def told_by(self, pages: "models.QuerySet[Any]") -> Self:
        """Those that these pages tell of; the dates of a series share its pages."""
        return self.filter(Q(pk__in=pages.values("event")) | Q(series__in=pages.values("series")))

    def upcoming(self) -> Self:
        """Not over yet."""
        return self.filter(ends_at__gt=Now())

    def past(self) -> Self:
        return self.filter(ends_at__lte=Now()).order_by("-starts_at", "-pk")

    def in_agenda_order(self) -> Self:
        """What comes, soonest first; then what is over, latest first."""
        seconds = Extract("starts_at", "epoch")
        return self.annotate(
            is_upcoming=GreaterThan(F("ends_at"), Now()),
            distance=models.Case(models.When(ends_at__gt=Now(), then=seconds), default=-seconds),
        ).order_by("-is_upcoming", "distance", "pk")

    def with_standing(self) -> Self:
        """What `Event.standing` needs: seats taken, and what is over or closed by the database's clock."""
        return self.annotate(
            read_at=Now(),
            room_taken=_taken(Way.ROOM),
            online_taken=_taken(Way.ONLINE),
            is_over=LessThanOrEqual(F("ends_at"), Now()),
            is_closed=LessThanOrEqual(Least(Coalesce("registration_closes_at", "starts_at"), "ends_at"), Now()),
            is_early=GreaterThan(F("registration_opens_at"), Now()),
        )

    def with_waiting(self) -> Self:
        """How many people are on the waiting list: for staff, and for what gives seats on."""
        return self.annotate(waiting=_number_of("theirs.status = 'waiting'"))
