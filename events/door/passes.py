"""Links that let helpers without an account check people in, made and taken back by staff."""

from datetime import date, timedelta

from django.core import signing
from django.db import transaction
from django.db.models import QuerySet
from django.db.models.functions import Now

from accounts.privacy.keeping import Moment
from accounts.users.models import User
from events.agenda.models import Event
from events.door.keeping_times import SCANS
from events.door.models import DoorPass
from hub.dates import brussels

SALT = "events.door"


def days_of(event: Event) -> list[date]:
    """The days of an event in Brussels, the first first."""
    first, last = (brussels.local(moment).date() for moment in (event.starts_at, event.ends_at))
    return [first + timedelta(days=number) for number in range((last - first).days + 1)]


@transaction.atomic
def make(event: Event, *, label: str, day: date, by: User | None) -> DoorPass:
    """A link for one door on one day; the same one again where there is one already."""
    Event.objects.select_for_update(no_key=True).only("pk").get(pk=event.pk)
    made, _is_new = DoorPass.objects.valid().get_or_create(event=event, label=label, day=day, defaults={"made_by": by})
    return made


def revoke(door_pass: DoorPass) -> bool:
    """From now on nobody sees or does anything with it; False when it was so."""
    return bool(DoorPass.objects.valid().filter(pk=door_pass.pk).update(revoked_at=Now()))


def token_of(door_pass: DoorPass) -> str:
    """What stands in the link: the same whenever staff look, its day is its limit."""
    return signing.Signer(salt=SALT).sign(door_pass.uuid.hex)


def pass_for(token: str) -> DoorPass | None:
    """The pass that a link names; None for a forged one and one that was taken back."""
    try:
        name = signing.Signer(salt=SALT).unsign(token)
    except signing.BadSignature:
        return None
    return DoorPass.objects.valid().select_related("event").filter(uuid=name).first()


def due(at: Moment) -> QuerySet[DoorPass]:
    """The links of events that are long over at that moment."""
    return DoorPass.objects.filter(event__ends_at__lt=at - SCANS.span)
