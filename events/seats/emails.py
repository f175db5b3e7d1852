"""The mails about events. Each only writes to the outbox."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any
from urllib.parse import urljoin
from uuid import UUID, uuid4

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_noop, override

from events.agenda import calendar
from events.agenda.models import Event
from events.agenda.pages import EventPage, page_in
from events.agenda.ways import Way
from events.seats import links, persons, places
from events.seats.models import Registration
from events.seats.places import Odds
from hub.content_memory.content_version import remembered
from notifications.outbox import outbox
from notifications.outbox.mailbox_cap import TYPED, mailbox_of
from notifications.outbox.models import Message
from notifications.outbox.outbox import Attachment, Mail

# Somebody who signs up again has lost the mail; somebody who presses the button twice has not.
AGAIN_AFTER = timedelta(hours=1)
REGISTERED = "events/registered"
WAITING = "events/waiting"
OFFERED = "events/offered"
SEVERAL = "events/several"
_NOT_WAITING = gettext_noop("The place on the waiting list had changed before this mail left.")


@dataclass(frozen=True)
class Beforehand:
    """What a mail says that is read before the event is locked: others who sign up need not wait for it."""

    pages: Mapping[str, EventPage | None]
    odds: Odds | None


def beforehand(event: Event, language: str) -> Beforehand:
    """This for a mail in one language; no older than what visitors see."""
    page = remembered(("page for mails", event.pk, language), lambda: page_in(event, language))
    return Beforehand({language: page}, places.odds())


class _Words:
    """What the mails about an event say in each language, worked out once for all of them."""

    def __init__(self, event: Event, known: Beforehand | None = None) -> None:
        self._event = event
        self._pages = dict(known.pages) if known else {}
        self._odds = [known.odds] if known else []
        self._facts: dict[str, dict[str, Any]] = {}
        self._files: dict[tuple[str, str], list[Attachment]] = {}

    def facts(self, language: str) -> dict[str, Any]:
        """Its title, its page, when and where it is."""
        if language not in self._facts:
            self._facts[language] = _facts(self._event, self._page(language), language)
        return self._facts[language]

    def files(self, language: str, seat: str) -> list[Attachment]:
        """The calendar file; with the online address for whose seat is online."""
        key = (language, seat)
        if key not in self._files:
            is_online, page = seat == Way.ONLINE, self._page(language)
            self._files[key] = [calendar.attachment(self._event, language, with_address=is_online, page=page)]
        return self._files[key]

    def odds(self) -> Odds | None:
        """How it went on the lists of past events."""
        if not self._odds:
            self._odds.append(places.odds())
        return self._odds[0]

    def _page(self, language: str) -> EventPage | None:
        if language not in self._pages:
            self._pages[language] = page_in(self._event, language)
        return self._pages[language]


def registered(
    registration: Registration,
    *,
    is_changed: bool = False,
    others: Sequence[str] = (),
    is_proved: bool = False,
    invited_by: str = "",
    handed_by: str = "",
    known: Beforehand | None = None,
) -> None:
    """You have a seat, with the calendar file, or you wait for one; and how to give it back.

    Where it is reserved: how to confirm it; the rest comes once that is done. Once an hour at most, but for each change
    of what was filled in. `others`: similar names with a seat at the same address, who may be the same person; only the
    mailbox hears of them. `is_proved`: it answers a link that was mailed to the address. `invited_by`, `handed_by`: the
    colleague who signed them up, or let them have a seat. `known`: what was read before the event was locked.
    """
    event, waits = registration.event, registration.is_waiting
    words = _Words(event, known)
    facts = _seat_facts(registration, words) | {"is_changed": is_changed, "others": list(others)}
    facts |= {"invited_by": invited_by, "handed_by": handed_by}
    hours = (timezone.now() - registration.created_at) // AGAIN_AFTER
    again = f":{uuid4()}" if is_changed else f":{hours}" if hours > 0 else ""
    outbox.queue(
        WAITING if waits else REGISTERED,
        to=registration.email,
        language=registration.language,
        context=facts,
        dedupe_key=f"{_key(registration)}{':waiting' if waits else ''}{again}",
        about=f"event:{event.pk}",
        expires_at=event.list_ends_at if waits else event.ends_at,
        attachments=_files(registration, words),
        allowance=None if is_proved else TYPED,
    )


def registered_for_several(seats: Sequence[tuple[Registration, Mapping[str, Any]]], *, series: int) -> None:
    """The same for several dates of a series in one mail to each person; what each got is looked up when it leaves.

    With each seat comes what `registered` takes besides.
    """
    by_person: dict[tuple[str, str], list[tuple[Registration, Mapping[str, Any]]]] = defaultdict(list)
    for seat, said in seats:
        by_person[mailbox_of(seat.email), persons.fold(seat.name)].append((seat, said))
    # All write to mailboxes in the same order, so nobody waits in a circle.
    for _person, theirs in sorted(by_person.items(), key=lambda each: each[0]):
        _of_several([seat for seat, _said in theirs], [said for _seat, said in theirs], series=series)


def _of_several(seats: Sequence[Registration], said: Sequence[Mapping[str, Any]], *, series: int) -> None:
    first, is_changed = seats[0], any(each.get("is_changed") for each in said)
    hours = (timezone.now() - max(seat.created_at for seat in seats)) // AGAIN_AFTER
    again = f":{uuid4()}" if is_changed else f":{hours}" if hours > 0 else ""
    which = " ".join(sorted(f"{_key(seat)}{':waiting' if seat.is_waiting else ''}" for seat in seats))
    seated = [(seat.event, seat.seat == Way.ONLINE) for seat in seats if seat.seat and not seat.reserved_until]
    title = _Words(first.event).facts(first.language)["event_title"]
    outbox.queue(
        SEVERAL,
        to=first.email,
        language=first.language,
        context={
            "name": first.name,
            "seats": [str(seat.uuid) for seat in seats],
            "series_title": title,
            "is_changed": is_changed,
            "asks_click": any(seat.reserved_until for seat in seats),
            "has_file": bool(seated),
            "others": sorted({other for each in said for other in each.get("others", ())}),
            "invited_by": next((each["invited_by"] for each in said if each.get("invited_by")), ""),
        },
        dedupe_key=f"several:{sha256(which.encode()).hexdigest()}{again}",
        about=f"series:{series}",
        expires_at=max(seat.event.ends_at for seat in seats),
        attachments=[calendar.of_seats(seated, first.language, name=title)] if seated else [],
    )


def moved_up(event: Event, registrations: Sequence[Registration]) -> None:
    """You waited, and have a seat now: one mail for each of them, in the place of what told of the list."""
    if not registrations:
        return
    words = _Words(event)
    mails = [
        Mail(
            to=registration.email,
            language=registration.language,
            context=_seat_facts(registration, words) | {"has_moved_up": True},
            dedupe_key=f"{_key(registration)}:moved-up:{registration.moved_up_at}",
            attachments=_files(registration, words),
            source=registration.line,
        )
        for registration in registrations
    ]
    withdraw_places(event, [registration.uuid for registration in registrations])
    outbox.queue_many(REGISTERED, mails, about=f"event:{event.pk}", expires_at=event.ends_at)


def offered(event: Event, registrations: Sequence[Registration]) -> None:
    """A seat is free for you: take it until a moment, else it goes on; one mail for each of them."""
    if not registrations:
        return
    words = _Words(event)
    mails = [
        Mail(
            to=each.email,
            language=each.language,
            context=_seat_facts(each, words, tells_place=False)
            | {"offered_until": _written(each.offered_until), "seat": each.offered},
            dedupe_key=f"{_key(each)}:offered:{each.offered_until}",
            source=each.line,
        )
        for each in registrations
    ]
    withdraw_places(event, [each.uuid for each in registrations])
    until = max(each.offered_until or event.list_ends_at for each in registrations)
    outbox.queue_many(OFFERED, mails, about=f"event:{event.pk}", expires_at=until)


def offer_passed(event: Event, registrations: Sequence[Registration]) -> None:
    """The seat went on: you are at the end of the list now, or off it."""
    if not registrations:
        return
    words = _Words(event)
    mails = [
        Mail(
            to=each.email,
            language=each.language,
            context=_seat_facts(each, words, tells_place=False)
            | {"is_off": each.passes > 1, "keeps_seat": bool(each.seat)},
            dedupe_key=f"{_key(each)}:passed:{each.passes}:{each.waiting_since}",
            source=each.line,
        )
        for each in registrations
    ]
    outbox.queue_many("events/offer_passed", mails, about=f"event:{event.pk}", expires_at=event.ends_at)


def list_ended(event: Event, registrations: Sequence[Registration]) -> None:
    """No seat came until the list ended."""
    words = _Words(event)
    mails = [
        Mail(
            to=each.email,
            language=each.language,
            context={"name": each.name, "keeps_seat": bool(each.seat)} | words.facts(each.language),
            dedupe_key=f"list-ended:{each.uuid}:{event.list_ends_at}",
            source=each.line,
        )
        for each in registrations
    ]
    withdraw_places(event, [each.uuid for each in registrations])
    outbox.queue_many("events/list_ended", mails, about=f"event:{event.pk}", expires_at=event.ends_at)


def withdraw_places(event: Event, uuids: Iterable[UUID]) -> None:
    """Take back what tells these of their place on the list and has not left yet: it is not so any more."""
    names = {str(uuid) for uuid in uuids}
    unsent = Message.objects.waiting().filter(kind=WAITING, about=f"event:{event.pk}").values_list("pk", "dedupe_key")
    theirs = [key for key, name in unsent if name.split(":")[1] in names]
    outbox.withdraw_these(Message.objects.filter(pk__in=theirs), reason=_NOT_WAITING)


def _key(registration: Registration) -> str:
    reserved = ":reserved" if registration.reserved_until else ""
    return f"registered:{registration.uuid}:v{registration.event.sequence}{reserved}"


def _files(registration: Registration, words: _Words) -> list[Attachment]:
    has_none = registration.reserved_until or registration.is_waiting
    return [] if has_none else words.files(registration.language, registration.seat)


def _seat_facts(registration: Registration, words: _Words, *, tells_place: bool = True) -> dict[str, Any]:
    """What a mail says of one seat or place; to count the place takes a query for each."""
    with override(registration.language):
        reserved = registration.reserved_until
        own = _to_be_confirmed(registration) if reserved else _for_good(registration, words, tells_place=tells_place)
    return {"name": registration.name} | words.facts(registration.language) | own


def _for_good(registration: Registration, words: _Words, *, tells_place: bool) -> dict[str, Any]:
    path = reverse("events:cancel", args=[links.cancel_token(registration)])
    facts: dict[str, Any] = {"cancel_url": urljoin(settings.SITE_URL, path)}
    if registration.seat:
        online_url = registration.event.online_url if registration.seat == Way.ONLINE else ""
        facts |= {"seat": registration.seat, "is_hybrid": registration.event.is_hybrid, "online_url": online_url}
    line = places.in_line(registration, words.odds) if tells_place else None
    if line:
        told = asdict(line)
        facts |= {"line": told, "place": line.place, "odds": told["odds"]}
    return facts | {"asks_first": registration.event.offer_hours is not None}


def _to_be_confirmed(registration: Registration) -> dict[str, Any]:
    """The link that confirms a seat, and until when the seat is kept; nothing where it is not kept at all."""
    path = reverse("events:confirm", args=[links.confirm_token(registration)])
    until = registration.reserved_until
    kept_until = until.isoformat() if until and until > timezone.now() else None
    return {"confirm_url": urljoin(settings.SITE_URL, path), "kept_until": kept_until}


def withdraw_confirmations(event: Event, *, reason: str) -> list[str]:
    """Take back those that have not left yet, and say whose they were (by `Registration.uuid`)."""
    kinds = [REGISTERED, WAITING, OFFERED]
    unsent = Message.objects.waiting().filter(kind__in=kinds, about=f"event:{event.pk}")
    keys = [key.split(":")[1] for key in unsent.exclude(kind=OFFERED).values_list("dedupe_key", flat=True)]
    outbox.withdraw_these(unsent, reason=reason)
    return keys


def renew_confirmations(event: Event, unsent: Sequence[str]) -> None:
    """What had not left yet (`withdraw_confirmations`) is written anew, with the time and place that hold now."""
    seats = event.registrations.exclude(status=Registration.Status.CANCELLED).filter(uuid__in=unsent)
    if waited := [seat for seat in seats if seat.moved_up_at]:
        moved_up(event, waited)
    for seat in seats:
        if not seat.moved_up_at:
            registered(seat)


def handed_over(registration: Registration, *, to: str) -> None:
    """Your colleague has your seat now."""
    facts = _Words(registration.event).facts(registration.language)
    outbox.queue(
        "events/handed_over",
        to=registration.email,
        language=registration.language,
        context={"name": registration.name, "heir": to} | facts,
        dedupe_key=f"registration-handed-over:{registration.uuid}",
        about=f"event:{registration.event_id}",
        expires_at=registration.event.ends_at,
        allowance=None,  # only who holds the link in the mail about the seat hands it over
    )


def _written(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None


def cancelled(registration: Registration, *, was_waiting: bool) -> None:
    """Your seat is free again, or you are off the waiting list; signing up once more is possible."""
    withdraw_places(registration.event, [registration.uuid])
    outbox.queue(
        "events/cancelled",
        to=registration.email,
        language=registration.language,
        context={"name": registration.name, "was_waiting": was_waiting}
        | _Words(registration.event).facts(registration.language),
        dedupe_key=f"registration-cancelled:{registration.uuid}",
        about=f"event:{registration.event_id}",
        expires_at=registration.event.ends_at,
        allowance=None,  # only who holds the link in the mail about the seat, or staff, gives it back
    )


def _facts(event: Event, page: EventPage | None, language: str) -> dict[str, Any]:
    with override(language):
        return {
            "event_title": page.title if page else str(event.title),
            "event_url": urljoin(settings.SITE_URL, page.url or "") if page else settings.SITE_URL,
            "starts_at": event.starts_at.isoformat(),
            "ends_at": event.ends_at.isoformat(),
            "has_time": event.has_time,
            "venue": event.venue,
            "address": event.address,
        }
