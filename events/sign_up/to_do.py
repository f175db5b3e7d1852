"""Seats that are held for somebody until a moment, for the top of "my page"."""

from collections.abc import Iterator

from django.db.models import Q
from django.db.models.functions import Coalesce, Now
from django.urls import reverse
from django.utils.translation import gettext

from accounts.profile.to_do import SHOWN, Task
from accounts.users import addresses
from accounts.users.models import User
from events.agenda.models import Event
from events.seats import links
from events.seats.models import Registration


def to_settle(user: User, language: str) -> Iterator[Task]:
    """Seats that are offered, and seats that a click in a mail confirms, under the addresses that they proved."""
    concerned = Registration.objects.concerned().filter(
        email__in=addresses.proved_by(user), event__in=Event.objects.upcoming()
    )
    held = concerned.filter(Q(offered_until__gt=Now()) | Q(reserved_until__gt=Now())).select_related("event")
    for seat in held.order_by(Coalesce("reserved_until", "offered_until"), "pk")[:SHOWN]:
        named = {"event": str(seat.event)}
        if seat.reserved_until:
            address = reverse("events:confirm", args=[links.confirm_token(seat)])
            yield Task(gettext("Confirm your place at “%(event)s”") % named, address, seat.reserved_until)
        else:
            address = reverse("events:cancel", args=[links.cancel_token(seat)])
            yield Task(gettext("Take the free seat at “%(event)s”") % named, address, seat.offered_until)
