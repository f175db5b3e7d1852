"""Who stands at the door of an event, by a right of their account or by the link for helpers, and on which day.

Everything that the door shows or takes goes through `door_at`: it asks the database anew at each request, so what was
taken back ends at once, and a link opens nothing of another event or another day.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext

from accounts.users.models import User
from events.agenda.models import Event
from events.door.keeping_times import SCANS
from events.door.models import LONGEST_LABEL, DoorPass
from events.door.passes import days_of
from hub.dates.brussels import BRUSSELS

_PASS, _DEVICE = "door_pass", "door_device"


@dataclass(frozen=True)
class Door:
    """One device at one event on one day in Brussels. Who came by a link has no account and cannot change the day."""

    event: Event
    day: date
    device: str
    by: User | None = None
    door_pass: DoorPass | None = None

    @property
    def is_open(self) -> bool:
        """Whether its day has begun, before which nobody has come, and what was noted is still kept."""
        return self.day <= today() and timezone.now() < self.event.ends_at + SCANS.span

    @property
    def days(self) -> Sequence[date]:
        """The days that whoever stands here may look at."""
        return [self.day] if self.door_pass else days_of(self.event)

    def on(self, day: date | None) -> "Door | None":
        """The same door on another day; None where that is not theirs to see."""
        if day is None or day == self.day:
            return self
        return replace(self, day=day) if day in self.days else None


def today() -> date:
    """Which day it is in Brussels."""
    return timezone.localdate(timezone=BRUSSELS)


def may_check_in(request: HttpRequest) -> bool:
    """Staff who may change registrations may do so at the door, too, and see who is expected."""
    return bool(request.user.has_perm("events.change_registration"))


def demand(request: HttpRequest) -> None:
    """Refuse whoever has no right of their own."""
    if not may_check_in(request):
        raise PermissionDenied


def door_at(request: HttpRequest, uid: UUID, *, sends: bool = False) -> Door | None:
    """The door of this event, if its visitor may stand there; a right of their own comes before a link.

    `sends`: a phone without a network may send on the day after what it noted on the day of its link.
    """
    if may_check_in(request):
        event = Event.objects.with_standing().filter(uid=uid).first()
        return event and Door(event, nearest_day(event), _name_of(request.user), by=_account(request))
    named = request.session.get(_PASS, "")
    held = DoorPass.objects.today(also_yesterday=sends).filter(uuid=named, event__uid=uid).first() if named else None
    if held is None:
        return None
    event = Event.objects.with_standing().get(pk=held.event_id)
    return Door(event, held.day, request.session.get(_DEVICE) or held.label, by=_account(request), door_pass=held)


def start(request: HttpRequest, door_pass: DoorPass, *, device: str) -> None:
    """From now on this browser stands at the door that the link is for, and at no other."""
    request.session[_PASS] = str(door_pass.uuid)
    request.session[_DEVICE] = device[:LONGEST_LABEL]
    request.session.cycle_key()


def end(request: HttpRequest) -> None:
    """Leave the door."""
    for key in (_PASS, _DEVICE):
        request.session.pop(key, None)


def _account(request: HttpRequest) -> User | None:
    return request.user if isinstance(request.user, User) else None


def _name_of(user: object) -> str:
    return str((isinstance(user, User) and user.get_full_name()) or gettext("Staff"))[:LONGEST_LABEL]


def nearest_day(event: Event) -> date:
    """Today, if the event has it, else the first or the last of its days."""
    days = days_of(event)
    return min(max(today(), days[0]), days[-1])
