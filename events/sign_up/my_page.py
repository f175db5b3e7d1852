"""What "my page" tells about the events that a person signed up for."""

from django.utils.translation import gettext

from accounts.profile.my_page import Section
from accounts.users import addresses
from accounts.users.models import User
from events.agenda.models import Event
from events.agenda.pages import pages_of
from events.seats import links, places
from events.seats.models import Registration


def section(user: User, language: str) -> Section | None:
    """The seats that a signed-in person has, or waits for, at events to come; under the addresses that they proved."""
    seats = (
        Registration.objects.concerned()
        .filter(email__in=addresses.proved_by(user), event__in=Event.objects.upcoming())
        .select_related("event")
        .order_by("event__starts_at")
    )
    if not seats:
        return None
    pages = pages_of([seat.event for seat in seats], language)
    rows = [
        {
            "event": seat.event,
            "page": pages.get(seat.event_id),
            "place": places.place(seat) if seat.waits_for else None,
            "has_seat": bool(seat.seat),
            "offered_until": seat.offered_until if seat.has_offer else None,
            "cancel_token": links.cancel_token(seat),
            "confirm_token": links.confirm_token(seat) if seat.reserved_until else "",
        }
        for seat in seats
    ]
    return Section(gettext("Events I signed up for"), "events/my_registrations.html", {"rows": rows})
