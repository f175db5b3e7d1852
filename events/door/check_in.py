"""Noting who came, taking it back, and people who come without having signed up.

Each verb locks its person's row, so two doors that note the same person follow one another, and the second hears what
the first noted. Every scan is kept, also one that arrives late from a device without a network: then both doors are
shown. What arrives twice counts once.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.db.models.functions import Now
from django.utils import timezone

from accounts.privacy import erasing
from accounts.privacy.keeping import Moment
from events.door import passes
from events.door.doors import Door
from events.door.keeping_times import SCANS, WALK_INS
from events.door.models import Scan, WalkIn
from events.seats.models import Registration
from hub.dates import brussels

Person = Registration | WalkIn
ON_THE_WAY = timedelta(minutes=1)


class UnknownPersonError(Exception):
    """Nobody of this event has that key, or the scan is one of somebody else."""


class NotOpenError(Exception):
    """The day of this door has not begun."""


@dataclass(frozen=True)
class Clock:
    """What a device's clock said when somebody was scanned and when that was sent; an aware moment each."""

    scanned_at: datetime
    sent_at: datetime

    def happened_at(self, door: Door) -> datetime:
        """The same by the portal's clock: within the door's day, never ahead of now."""
        now = timezone.now()
        wrong_by = now - self.sent_at
        # Less than that is the way through the network.
        wrong_by = wrong_by if abs(wrong_by) > ON_THE_WAY else timedelta()
        noon = datetime.combine(door.day, datetime.min.time().replace(hour=12), tzinfo=brussels.BRUSSELS)
        moment = min(self.scanned_at + wrong_by, now, brussels.last_minute(noon))
        return max(moment, brussels.first_minute(noon))


@dataclass(frozen=True)
class Standing:
    """What was noted about one person on one day, in its order."""

    scans: tuple[Scan, ...] = ()

    @property
    def entry(self) -> Scan | None:
        """The scan by which they are in; None for who has not come, or was taken back."""
        first = None
        for scan in self.scans:
            first = None if scan.kind == Scan.Kind.UNDO else first or scan
        return first

    @property
    def is_clash(self) -> bool:
        """Whether more than one door noted something: all of it is worth a look."""
        return len({scan.device for scan in self.scans}) > 1


@dataclass(frozen=True)
class Noted:
    """What a scan came to: the person, and how they stand on that day now."""

    scan: UUID
    person: Person
    standing: Standing

    @property
    def earlier(self) -> Scan | None:
        """The scan by which they were in before this one."""
        entry = self.standing.entry
        return entry if entry and entry.uuid != self.scan else None


def note(door: Door, *, scan: UUID, person: UUID, kind: str, clock: Clock | None = None) -> Noted:
    """Note that this person came, or that this was a mistake; the same scan again changes nothing.

    Raises UnknownPersonError or NotOpenError.
    """
    if not door.is_open:
        raise NotOpenError
    with transaction.atomic():
        return _note(door, _hold(door, person), scan=scan, kind=kind, clock=clock)


def note_walk_in(
    door: Door,
    *,
    scan: UUID,
    person: UUID,
    name: str,
    organisation_name: str = "",
    email: str = "",
    language: str,
    clock: Clock | None = None,
) -> Noted:
    """Note somebody who came without signing up, however full it is; the same again changes nothing.

    Raises UnknownPersonError or NotOpenError.
    """
    if not door.is_open:
        raise NotOpenError
    with transaction.atomic():
        said = {"name": name, "organisation_name": organisation_name, "email": email, "language": language}
        WalkIn.objects.get_or_create(uuid=person, defaults={"event": door.event, **said})
        return _note(door, _hold(door, person), scan=scan, kind=Scan.Kind.IN, clock=clock)


def _hold(door: Door, person: UUID) -> Person:
    """The row of a person of this event, until the transaction ends."""
    of_event = {"event": door.event.pk, "uuid": person}
    found: Person | None = Registration.objects.select_for_update(no_key=True).filter(**of_event).first()
    found = found or WalkIn.objects.select_for_update(no_key=True).filter(**of_event).first()
    if found is None:
        raise UnknownPersonError
    return found


def _note(door: Door, person: Person, *, scan: UUID, kind: str, clock: Clock | None) -> Noted:
    now = timezone.now()
    clock = clock or Clock(now, now)
    values = {
        "day": door.day,
        "kind": kind,
        "device": door.device,
        "door_pass": door.door_pass,
        "by": door.by,
        "scanned_at": clock.scanned_at,
        "happened_at": clock.happened_at(door),
    }
    whose = "registration" if isinstance(person, Registration) else "walk_in"
    kept, is_new = Scan.objects.get_or_create(uuid=scan, defaults={whose: person, **values})
    if getattr(kept, f"{whose}_id") != person.pk:
        raise UnknownPersonError
    by_day = defaultdict(list)
    for each in person.scans.order_by("happened_at", "pk"):
        by_day[each.day].append(each)
    if is_new:
        _keep_came_at(person, [Standing(tuple(scans)) for scans in by_day.values()])
    return Noted(scan, person, Standing(tuple(by_day[door.day])))


def _keep_came_at(person: Person, days: Iterable[Standing]) -> None:
    person.came_at = min((each.entry.happened_at for each in days if each.entry), default=None)
    person.save(update_fields=["came_at"])


def due_scans(at: Moment) -> list[QuerySet[Any]]:
    """What was noted at the doors of events that are long over at that moment, and the links."""
    over = at - SCANS.span
    noted = [Scan.objects.filter(**{f"{whose}__event__ends_at__lt": over}) for whose in ("registration", "walk_in")]
    return [*noted, passes.due(at)]


def forget_scans() -> int:
    """Delete it; who came stays in `came_at`."""
    return sum(map(erasing.delete, due_scans(Now())))


def due_walk_ins(at: Moment) -> QuerySet[WalkIn]:
    """Who came without signing up to an event that is long over at that moment, as long as it is known who."""
    over = WalkIn.objects.filter(event__ends_at__lt=at - WALK_INS.span)
    return over.exclude(name="", organisation_name="", email="")


def forget_walk_ins() -> int:
    """Take names and addresses out of the rows; how many came stays known."""
    return due_walk_ins(Now()).update(name="", organisation_name="", email="")
