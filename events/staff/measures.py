"""What events count: that they took place, the seats, and who came (`hub.measures`)."""

from django.db.models import Exists, OuterRef, Prefetch
from django.db.models.functions import Now
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from events.agenda.models import Event
from events.agenda.pages import EventPage
from events.agenda.ways import Attendance, Way
from events.door.models import WalkIn
from events.moving.models import EventChange
from events.seats.models import Registration
from hub.dates.words import day
from hub.measures.breakdowns import by_choice, by_language, by_term
from hub.measures.listing import nearest
from hub.measures.registry import Area, Kind, Listed, Measure, Rows
from hub.measures.spans import Span
from hub.site.visibility import visible


def _held(span: Span) -> Rows:
    over = Event.objects.public().filter(ends_at__lte=Now(), cancelled_at=None)
    return over.filter(**span.within("starts_at"))


def _with_pages(rows: Rows) -> Rows:
    pages = visible(EventPage.objects.select_related("locale"))
    own = Prefetch("pages", pages, to_attr="seen_pages")
    shared = Prefetch("series__pages", pages, to_attr="seen_pages")
    return rows.select_related("series").prefetch_related(own, shared).order_by("-starts_at", "-pk")


def _event(event: Event) -> Listed:
    shared = event.series.seen_pages if event.series else []  # by `_with_pages`
    page = nearest([*event.seen_pages, *shared])
    return Listed(str(event.title), (page.get_url() or "") if page else "", day(event.starts_at))


EVENTS = Measure(
    code="events_held",
    area=Area.REACH,
    name=_("Events that took place"),
    definition=_(
        "Events on the agenda that are over and were not cancelled, by the day on which they began. Each date of a "
        "series counts."
    ),
    unit=_("events"),
    kind=Kind.HAPPENED,
    records=_held,
    fetched=_with_pages,
    listed=_event,
    breakdowns=(
        by_choice("attendance", _("How one takes part"), "attendance", Attendance),
        by_term("track", _("Action track"), "tracks", several=True),
    ),
    is_open=True,
)


def _seats(span: Span) -> Rows:
    begun = Registration.objects.confirmed().filter(event__cancelled_at=None, event__starts_at__lte=Now())
    return begun.filter(**span.within("event__starts_at"))


def _came(span: Span) -> Rows:
    return Registration.objects.who_came().filter(**span.within("event__starts_at"))


def _noted(span: Span) -> Rows:
    """Seats at events at which somebody was noted: where nobody stood at the door, nobody knows who came."""
    noted = Registration.objects.who_came().filter(event=OuterRef("event"))
    return _seats(span).filter(Exists(noted))


def _walked_in(span: Span) -> Rows:
    came = WalkIn.objects.filter(came_at__isnull=False, event__cancelled_at=None)
    return came.filter(**span.within("event__starts_at"))


def _seat(registration: Registration | WalkIn) -> Listed:
    """At which event: who it is stands in the list of sign-ups, behind the rights to read that."""
    event = registration.event
    return Listed(str(event.title), reverse("wagtailsnippets_events_event:edit", args=[event.pk]), day(event.starts_at))


def _by_event(rows: Rows) -> Rows:
    return rows.select_related("event").order_by("-event__starts_at", "-pk")


_TRACK = by_term("track", _("Action track"), "event__tracks", several=True)
_BREAKDOWNS = (by_language("language"), by_choice("seat", _("Seat"), "seat", Way), _TRACK)

SEATS = Measure(
    code="seats_taken",
    area=Area.REACH,
    name=_("Seats taken at events"),
    definition=_(
        "Seats that somebody had when an event began, by the day of the event. Who has a seat at two events counts "
        "twice; the waiting list, sign-ups that were cancelled, and events that were cancelled do not count."
    ),
    unit=_("seats"),
    kind=Kind.HAPPENED,
    records=_seats,
    fetched=_by_event,
    listed=_seat,
    breakdowns=_BREAKDOWNS,
    people=True,
)

CAME = Measure(
    code="people_who_came",
    area=Area.REACH,
    name=_("People who came to events"),
    definition=_(
        "People with a seat who were noted at the door, by the day of the event. Who came to two events counts twice; "
        "who came without signing up is a figure of its own."
    ),
    unit=_("people"),
    kind=Kind.HAPPENED,
    records=_came,
    fetched=_by_event,
    listed=_seat,
    breakdowns=_BREAKDOWNS,
    people=True,
)

WALKED_IN = Measure(
    code="people_without_signing_up",
    area=Area.REACH,
    name=_("People who came without signing up"),
    definition=_("People who were noted at the door and had not signed up, by the day of the event."),
    unit=_("people"),
    kind=Kind.HAPPENED,
    records=_walked_in,
    fetched=_by_event,
    listed=_seat,
    breakdowns=(by_language("language"), _TRACK),
    people=True,
)

ATTENDANCE = Measure(
    code="seats_used",
    area=Area.QUALITY,
    name=_("Seats that were used"),
    definition=_(
        "People with a seat who came, as a share of all seats taken at the events at which somebody was noted at the "
        "door. Other events do not count."
    ),
    unit=_("per cent"),
    kind=Kind.HAPPENED,
    records=_came,
    whole=_noted,
    fetched=_by_event,
    listed=_seat,
    breakdowns=_BREAKDOWNS,
    people=True,
)


def _changes(span: Span) -> Rows:
    kinds = [EventChange.Kind.MOVED, EventChange.Kind.CANCELLED]
    return EventChange.objects.filter(kind__in=kinds, **span.within("made_at"))


def _change(change: EventChange) -> Listed:
    url = reverse("wagtailsnippets_events_event:edit", args=[change.event_id])
    return Listed(str(change.event.title), url, f"{change.get_kind_display()}, {day(change.made_at)}")


CHANGES = Measure(
    code="events_changed",
    area=Area.SERVICE,
    name=_("Events moved or cancelled"),
    definition=_(
        "How often an event that people could know of was moved or cancelled; one that moved twice counts twice."
    ),
    unit=_("changes"),
    kind=Kind.HAPPENED,
    records=_changes,
    fetched=lambda rows: rows.select_related("event").order_by("-made_at", "-pk"),
    listed=_change,
    breakdowns=(by_choice("kind", _("What changed"), "kind", EventChange.Kind),),
    anew=True,
    better=-1,
)

MEASURES = (EVENTS, SEATS, CAME, WALKED_IN, ATTENDANCE, CHANGES)
