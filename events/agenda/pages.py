"""The words of an event or of a series, one page for each language."""

from collections.abc import Iterable
from copy import copy
from datetime import datetime
from typing import Any, ClassVar, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, Panel
from wagtail.models import Page, PageManager
from wagtail.query import PageQuerySet

from events.agenda import structured_data
from events.agenda.linked import linked
from events.agenda.models import Event
from events.agenda.ways import Attendance
from events.programme import timetable
from events.series.models import Series
from hub.languages.reading_order import in_language, one_page_each
from hub.pages.base import BodyPage
from hub.site.visibility import visible


class EventPageQuerySet(PageQuerySet["EventPage"]):
    def about(self, events: Iterable[Event]) -> Self:
        """Those that tell of these events: their own, and the pages of the series that they are dates of."""
        keys: Any = events.values("pk") if isinstance(events, models.QuerySet) else [event.pk for event in events]
        series = Event.objects.filter(pk__in=keys, series__isnull=False).values("series")
        return self.filter(Q(event__in=keys) | Q(series__in=series))


class EventPage(BodyPage):
    """The words of an event, or of all dates of a series, in one language; every fact comes from the `event`.

    A page of a series that lists show for one of its dates has that as its `event`, too (`of_date`).
    """

    found_as: ClassVar[str] = "event"
    found_with: ClassVar[tuple[str, ...]] = (
        *("event__call", "event__tracks"),
        *("series__dates__call", "series__dates__tracks"),
    )

    event = models.ForeignKey(
        Event, verbose_name=_("event"), null=True, blank=True, on_delete=models.PROTECT, related_name="pages"
    )
    series = models.ForeignKey(
        Series,
        verbose_name=_("series"),
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="pages",
    )

    objects = PageManager.from_queryset(EventPageQuerySet)()

    content_panels: ClassVar[list[Panel]] = [
        *Page.content_panels,
        FieldPanel("event", help_text=_("Empty on the page of a series, which tells of all its dates.")),
        *BodyPage.content_panels[1:],
    ]
    parent_page_types: ClassVar[list[str]] = ["events.EventIndexPage"]
    subpage_types: ClassVar[list[str]] = []

    class Meta:
        verbose_name = _("event page")
        verbose_name_plural = _("event pages")
        constraints = [
            models.CheckConstraint(
                condition=Q(event__isnull=False, series=None) | Q(event=None, series__isnull=False),
                name="event_page_of_an_event_or_a_series",
                violation_error_message=_("Choose the event that the page is about."),
            )
        ]

    def clean(self) -> None:
        super().clean()
        self._share()
        if not (self.event_id or self.series_id):
            raise ValidationError({"event": _("Choose the event that the page is about.")})
        others = EventPage.objects.filter(event=self.event_id, series=self.series_id, locale_id=self.locale_id)
        if self.locale_id and others.exclude(pk=self.pk).exists():
            raise ValidationError({"event": _("This event already has a page in this language.")})

    def minimal_clean(self) -> None:
        """The same for drafts: no page tells of nothing."""
        super().minimal_clean()
        self._share()
        if not (self.event_id or self.series_id):
            raise ValidationError({"event": _("Choose the event that the page is about.")})

    def _share(self) -> None:
        """Whoever chooses one date of a series writes for all of them."""
        if (series := self.event.series if self.event else None) is not None:
            self.event, self.series = None, series
        elif self.event_id and self.series_id:
            self.series = None

    def with_content_json(self, content: Any) -> "EventPage":
        """A draft from before its event became a series is one of the series now."""
        draft: EventPage = super().with_content_json(content)
        if self.series_id:
            draft.event, draft.series = None, self.series
        return draft

    def of_date(self, event: Event) -> "EventPage":
        """The same page, telling of this event: what lists, mails and calendars show of one date."""
        page = copy(self)
        page.event = event
        return page

    @property
    def dates(self) -> list[Event]:
        """The events that it tells of."""
        return [self.event] if self.event else list(self.series.dates.all()) if self.series else []

    def get_url(self, request: HttpRequest | None = None, current_site: Any = None) -> str | None:
        """Of one date of a series the place where the page tells of it."""
        url: str | None = super().get_url(request, current_site)
        return f"{url}#{self.event.anchor}" if url and self.series_id and self.event else url

    url = property(get_url)

    def get_template(self, request: HttpRequest, *args: Any, **kwargs: Any) -> str:
        return "events/series_page.html" if self.series_id else "events/event_page.html"

    def found_by(self) -> list[str]:
        """Its short name, where it is, the call it belongs to, its action tracks."""
        language = self.locale.language_code
        words: list[object] = []
        for event in self.dates:
            labels = [event.title, event.call.title if event.call else "", *(each.label for each in event.tracks.all())]
            words += [event.venue, event.address, *(in_language(label, language) for label in labels)]
        return [*dict.fromkeys(map(str, words))]

    @property
    def fact_key(self) -> int | None:
        """Of a series, the date that was there first stands for all."""
        return min((event.pk for event in self.dates), default=None)

    def found_at(self) -> datetime | None:
        """When it is; of a series, the next date, else the last."""
        moments = sorted((event.starts_at, event.ends_at) for event in self.dates)
        coming = (starts_at for starts_at, ends_at in moments if ends_at > timezone.now())
        return next(coming, moments[-1][0] if moments else None)

    @property
    def when(self) -> datetime | None:
        return self.event.starts_at if self.event else None

    @property
    def place(self) -> str:
        """Where it is, in one line."""
        return place_of(self.event) if self.event else ""

    @property
    def state(self) -> str:
        """What a row says beside the date when there is no sign-up; needs the standing."""
        words = {
            "cancelled": gettext("Cancelled"),
            "over": gettext("Over"),
            "closed": gettext("Sign-up is closed"),
            "early": gettext("Sign-up is not open yet"),
        }
        return words.get(self.event.standing, "") if self.event else ""

    @property
    def seats_left(self) -> int | None:
        """Seats to be had now; None when there is no limit or no sign-up; needs the standing."""
        return self.event.seats_left if self.event and self.event.standing in {"open", "full"} else None

    def get_context(self, request: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        parent = self.get_parent()
        context["crumbs"] = [{"title": parent.title, "url": parent.get_url(request)}]
        shown = Event.objects.with_standing().select_related("call", "contact")
        if self.series_id:
            dates = list(shown.filter(series=self.series_id).prefetch_related("changes").order_by("starts_at", "pk"))
            return context | self._of_series(dates)
        event = shown.get(pk=self.event_id)
        context |= self._of_event(event)
        context["changes"] = list(event.changes.all())
        moved_from = [each for each in context["changes"] if each.old_starts_at != event.starts_at]
        context["data"] = structured_data.event_data(
            event, self, moved_from=moved_from, speakers=context["speakers"], programme=context["programme_items"]
        )
        return context

    def _of_event(self, event: Event) -> dict[str, Any]:
        """What belongs to one event."""
        items = list(event.programme.prefetch_related("speakers"))
        return {
            "event": event,
            "call_page": event.call and visible(event.call.pages.filter(locale_id=self.locale_id)).first(),
            "speakers": list(event.speakers.select_related("photo").prefetch_related("photo__renditions")),
            "programme_items": items,
            "programme": timetable.days(items),
            "linked": linked(event, self.locale.language_code),
        }

    def _of_series(self, dates: list[Event]) -> dict[str, Any]:
        """All dates; what they have in common is shown as the next one has it, else the last."""
        coming = [event for event in dates if not event.is_over]
        kept = [event for event in coming if not event.cancelled_at]
        lead = next(iter(kept or coming or dates[::-1]), None)
        return (self._of_event(lead) if lead else {}) | {
            "coming": coming,
            "past": [event for event in dates if event.is_over][::-1],
            "can_sign_up": any(event.standing in {"open", "full"} for event in coming),
            "is_one_place": len({place_of(event) for event in coming}) < 2,
            "data": structured_data.series_data(dates, self),
        }


def _venue(event: Event) -> str:
    return ", ".join(part for part in (event.venue, event.address) if part)


def place_of(event: Event) -> str:
    """On site or online, and where, in one line."""
    place = _venue(event)
    if event.attendance == Attendance.ONLINE:
        return gettext("Online")
    if event.attendance == Attendance.HYBRID:
        return gettext("On site: %(place)s, or online") % {"place": place} if place else gettext("On site or online")
    return gettext("On site: %(place)s") % {"place": place} if place else gettext("On site")


def where(event: Event) -> str:
    """The same for who wants to come: it says that the place will be told where nobody knows it yet."""
    if event.attendance == Attendance.ONLINE or _venue(event):
        return place_of(event)
    if event.attendance == Attendance.HYBRID:
        return gettext("Place to be announced, or online")
    return gettext("Place to be announced")


def with_pages(events: Iterable[Event], language: str) -> list[EventPage]:
    """Of each of these events, in their order, the page that this reader gets, telling of it."""
    events = list(events)
    pages = pages_of(events, language)
    return [pages[event.pk] for event in events if event.pk in pages]


def pages_of(events: Iterable[Event], language: str) -> dict[int, EventPage]:
    """The same by event; in one query, however many dates share a page."""
    events = list(events)
    told = visible(EventPage.objects.about(events))
    pages = one_page_each(told, "event_id", language, other_fact="series_id")
    found = {(page.event_id, page.series_id): page for page in pages}
    theirs = {event: found.get((event.pk, None)) or found.get((None, event.series_id)) for event in events}
    return {event.pk: page.of_date(event) for event, page in theirs.items() if page}


def page_in(event: Event, language: str) -> EventPage | None:
    """The same for one."""
    return pages_of([event], language).get(event.pk)
