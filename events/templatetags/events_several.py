"""What the mail about several dates looks up when it is sent: what each seat is then, and its links."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urljoin

from django import template
from django.conf import settings
from django.urls import reverse

from events.agenda.models import Event
from events.agenda.ways import Way
from events.seats import links, places
from events.seats.models import Registration

register = template.Library()


@dataclass(frozen=True)
class SeatFacts:
    """One seat, or place on a waiting list (`place`), with its event; `confirm_url` where it waits for a click."""

    event: Event
    seat: Registration
    place: int | None
    cancel_url: str
    confirm_url: str
    online_url: str


@register.simple_tag
def seats_facts(seats: Sequence[str]) -> list[SeatFacts]:
    """Those of these seats that were not given back meanwhile, in the order of their dates."""
    found = Registration.objects.filter(uuid__in=seats).exclude(status=Registration.Status.CANCELLED)
    return [_facts(seat) for seat in found.select_related("event").order_by("event__starts_at", "pk")]


def _facts(seat: Registration) -> SeatFacts:
    is_online = seat.seat == Way.ONLINE and seat.reserved_until is None
    confirm = reverse("events:confirm", args=[links.confirm_token(seat)]) if seat.reserved_until else ""
    return SeatFacts(
        event=seat.event,
        seat=seat,
        place=places.place(seat) if seat.is_waiting and not seat.reserved_until else None,
        cancel_url=urljoin(settings.SITE_URL, reverse("events:cancel", args=[links.cancel_token(seat)])),
        confirm_url=urljoin(settings.SITE_URL, confirm) if confirm else "",
        online_url=seat.event.online_url if is_online else "",
    )
