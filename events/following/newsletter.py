"""What the agenda gives the newsletter: meetings that are still to come."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from urllib.parse import urljoin

from django.conf import settings
from django.db.models import Exists, OuterRef
from django.utils import translation

from events.agenda.models import Event
from events.agenda.pages import EventPage, pages_of
from events.agenda.querysets import EventQuerySet
from hub.dates.words import day
from hub.newsletter.issues import Item
from hub.site.visibility import visible


class EventSource:
    """Public events that are not over, of a series the next date; their key is their number."""

    def published(self, since: datetime, language: str, limit: int) -> Iterable[Item]:
        """Those whose page appeared after `since` in some language."""
        fresh = visible(EventPage.objects.filter(first_published_at__gt=since))
        return self._items(Event.objects.told_by(fresh).filter(~later_date()), language)[:limit]

    def found(self, keys: Sequence[str], language: str) -> Iterable[Item]:
        """These, as far as they are public."""
        good = [key for key in keys if key.isascii() and key.isdecimal() and len(key) < 10]
        return self._items(Event.objects.filter(pk__in=good), language)

    def _items(self, events: EventQuerySet[Event], language: str) -> list[Item]:
        coming = list(events.public().upcoming().filter(cancelled_at=None))
        pages = pages_of(coming, language)
        return [_item(event, pages[event.pk], language) for event in coming if event.pk in pages]


def later_date() -> Exists:
    """Whether an event is a date of a series of which another one comes before."""
    coming = Event.objects.upcoming().filter(series=OuterRef("series"), cancelled_at=None)
    return Exists(coming.filter(starts_at__lt=OuterRef("starts_at")))


def _item(event: Event, page: EventPage, language: str) -> Item:
    with translation.override(language):
        when = day(event.starts_at)
    return Item(
        key=str(event.pk),
        title=page.title,
        url=urljoin(settings.SITE_URL, page.url or "/"),
        text=page.introduction,
        language=page.locale.language_code,
        published_at=page.first_published_at,
        note=when,
    )
