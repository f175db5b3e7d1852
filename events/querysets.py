from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Self, TypeVar

from django.conf import settings
from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Prefetch, Subquery
from django.db.models.functions import Coalesce, Extract, Least, Now
from django.db.models.lookups import GreaterThan, LessThanOrEqual

from hub.languages.reading_order import one_page_each
from hub.site.visibility import visible

if TYPE_CHECKING:
    from wagtail.models import PageQuerySet

    from events.models import Event, EventPage, Registration  # noqa: F401  # named in the annotations below

Rows = TypeVar("Rows", bound="models.QuerySet[Any]")


class EventQuerySet(models.QuerySet["Event"]):
    def public(self) -> Self:
        """Events that a visitor may see: those with a live page in some language."""
        from events.models import EventPage  # models imports this module

        return self.filter(Exists(visible(EventPage.objects.filter(event=OuterRef("pk")))))

    def upcoming(self) -> Self:
        """Not over yet."""
        return self.filter(ends_at__gt=Now())

    def past(self) -> Self:
        return self.filter(ends_at__lte=Now()).order_by("-starts_at", "-pk")

    def in_agenda_order(self) -> Self:
        """What comes, soonest first; then what is over, latest first."""
        return _in_agenda_order(self, "")

    def with_standing(self) -> Self:
        """What `Event.standing` needs: seats taken, and what is over or closed by the database's clock."""
        from events.models import Registration  # models imports this module

        seats = Registration.objects.confirmed().filter(event=OuterRef("pk")).order_by().values("event")
        return self.annotate(
            seats_taken=Coalesce(Subquery(seats.annotate(number=Count("pk")).values("number")), 0),
            is_over=LessThanOrEqual(F("ends_at"), Now()),
            is_closed=LessThanOrEqual(Least(Coalesce("registration_closes_at", "starts_at"), "ends_at"), Now()),
        )


class RegistrationQuerySet(models.QuerySet["Registration"]):
    def confirmed(self) -> Self:
        """Those who have a seat, for good or for as long as it is reserved."""
        return self.filter(status="confirmed").exclude(reserved_until__lte=Now())

    def concerned(self) -> Self:
        """Those who hear when something about the event changes: everyone but who gave the seat back or let it go."""
        return self.exclude(status="cancelled").exclude(reserved_until__lte=Now())

    def lapsed(self) -> Self:
        """Those whose seat was reserved and not confirmed in time."""
        return self.filter(reserved_until__lte=Now())


def pages_for(language: str) -> "PageQuerySet[EventPage]":
    """One page of each event, in the reader's language where there is one, with the standing of its event."""
    from events.models import Event, EventPage  # models imports this module

    pages = one_page_each(visible(EventPage.objects.all()), "event_id", language)
    return pages.prefetch_related(Prefetch("event", Event.objects.with_standing()))


def pages_of(events: Iterable["Event"], language: str) -> dict[int, "EventPage"]:
    """For each event its live page in the language, else in the first of the portal's languages that has one."""
    from events.models import EventPage  # models imports this module

    order = [code for code, _name in settings.LANGUAGES]
    order = [language, *(code for code in order if code != language)]
    pages = visible(EventPage.objects.filter(event__in=events, locale__language_code__in=order))
    # The best one comes last and wins.
    ranked = sorted(pages.select_related("locale"), key=lambda page: -order.index(page.locale.language_code))
    return {page.event_id: page for page in ranked}


def in_agenda_order(pages: "PageQuerySet[EventPage]") -> "PageQuerySet[EventPage]":
    """What comes, soonest first; then what is over, latest first."""
    return _in_agenda_order(pages, "event__")


def _in_agenda_order(rows: Rows, event: str) -> Rows:
    seconds = Extract(f"{event}starts_at", "epoch")
    return rows.annotate(
        is_upcoming=GreaterThan(F(f"{event}ends_at"), Now()),
        distance=models.Case(models.When(**{f"{event}ends_at__gt": Now()}, then=seconds), default=-seconds),
    ).order_by("-is_upcoming", "distance", "pk")
