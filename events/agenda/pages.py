"""The words of an event, one page for each language."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Prefetch
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, Panel
from wagtail.models import Page
from wagtail.query import PageQuerySet

from events.agenda import structured_data
from events.agenda.linked import linked
from events.agenda.models import Event
from events.agenda.ways import Attendance
from events.programme import timetable
from hub.languages.reading_order import in_language, nearest_pages, one_page_each
from hub.pages.base import BodyPage
from hub.site.visibility import visible


class EventPage(BodyPage):
    """The words of an event in one language; every fact comes from `event`."""

    found_as: ClassVar[str] = "event"
    found_with: ClassVar[tuple[str, ...]] = ("event__call", "event__tracks")

    event = models.ForeignKey(Event, verbose_name=_("event"), on_delete=models.PROTECT, related_name="pages")

    content_panels: ClassVar[list[Panel]] = [
        *Page.content_panels,
        FieldPanel("event"),
        *BodyPage.content_panels[1:],
    ]
    parent_page_types: ClassVar[list[str]] = ["events.EventIndexPage"]
    subpage_types: ClassVar[list[str]] = []

    class Meta:
        verbose_name = _("event page")
        verbose_name_plural = _("event pages")

    def clean(self) -> None:
        super().clean()
        others = EventPage.objects.filter(event_id=self.event_id, locale_id=self.locale_id).exclude(pk=self.pk)
        if self.event_id and self.locale_id and others.exists():
            raise ValidationError({"event": _("This event already has a page in this language.")})

    def found_by(self) -> list[str]:
        """Its short name, where it is, the call it belongs to, its action tracks."""
        event, language = self.event, self.locale.language_code
        labels = [event.title, event.call.title if event.call else "", *(each.label for each in event.tracks.all())]
        return [event.venue, event.address, *(in_language(label, language) for label in labels)]

    @property
    def fact_key(self) -> int | None:
        return self.event_id

    def found_at(self) -> datetime | None:
        return self.event.starts_at

    @property
    def when(self) -> datetime:
        return self.event.starts_at

    @property
    def place(self) -> str:
        """Where it is, in one line."""
        place = ", ".join(part for part in (self.event.venue, self.event.address) if part)
        return place or (gettext("Online") if self.event.attendance == Attendance.ONLINE else "")

    @property
    def state(self) -> str:
        """What a row says beside the date when there is no sign-up; needs the standing."""
        words = {
            "cancelled": gettext("Cancelled"),
            "over": gettext("Over"),
            "closed": gettext("Sign-up is closed"),
            "early": gettext("Sign-up is not open yet"),
        }
        return words.get(self.event.standing, "")

    @property
    def seats_left(self) -> int | None:
        """Seats to be had now; None when there is no limit or no sign-up; needs the standing."""
        return self.event.seats_left if self.event.standing in {"open", "full"} else None

    def get_context(self, request: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        event = Event.objects.with_standing().select_related("call", "contact").get(pk=self.event_id)
        context["event"] = event
        context["call_page"] = event.call and visible(event.call.pages.filter(locale_id=self.locale_id)).first()
        context["speakers"] = list(event.speakers.select_related("photo").prefetch_related("photo__renditions"))
        programme = list(event.programme.prefetch_related("speakers"))
        context["programme"] = timetable.days(programme)
        context["linked"] = linked(event, self.locale.language_code)
        parent = self.get_parent()
        context["crumbs"] = [{"title": parent.title, "url": parent.get_url(request)}]
        context["changes"] = list(event.changes.all())
        moved_from = [each for each in context["changes"] if each.old_starts_at != event.starts_at]
        context["data"] = structured_data.event_data(
            event, self, moved_from=moved_from, speakers=context["speakers"], programme=programme
        )
        return context


def pages_for(language: str) -> PageQuerySet[EventPage]:
    """One page of each event, in the reader's language where there is one, with the standing of its event."""
    pages = one_page_each(visible(EventPage.objects.all()), "event_id", language)
    return pages.prefetch_related(Prefetch("event", Event.objects.with_standing()))


def pages_of(events: Iterable[Event], language: str) -> dict[int, EventPage]:
    """For each event the page that this reader gets, as in the agenda."""
    return nearest_pages(visible(EventPage.objects.filter(event__in=events)), "event_id", language)


def page_in(event: Event, language: str) -> EventPage | None:
    """The same for one."""
    return pages_of([event], language).get(event.pk)
