"""Taking a seat at an event or a place on its waiting list, for oneself and for colleagues.

The event's row is locked while seats are counted, so two people never get the same last seat. Name and address together
are the person. Whether somebody has a seat is told to the mailbox alone: on the page, who has one and who has none get
the same answer, after the same work.
"""

import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import CharField, F
from django.db.models.functions import Lower
from django.db.models.lookups import Exact

from accounts.users import addresses
from accounts.users.models import User
from events.agenda.models import Event
from events.agenda.statements import Given, Statement
from events.agenda.ways import Way
from events.questions import answering
from events.seats import emails, line_share, persons, waiting_list
from events.seats.models import Registration, Wish

# What somebody tells besides who they are; the last form counts.
ANSWERS = ("name", "organisation_name", "access_needs")
_SAID = (*ANSWERS, "language", "consent_wording", "sent_as")
# Writes a mail about what somebody got, as `emails.registered` does.
Tell = Callable[..., None]
# So many people one form signs up.
MOST_PEOPLE = 5
# With so many of an address a name is compared.
MOST_ALIKE = 20


def _at_this_address() -> Any:
    address, name = Given("address", output_field=CharField()), Given("name", output_field=CharField())
    rows: Any = Registration.objects.alias(own_address=Lower("email")).filter(own_address=Lower(address))
    rows = rows.filter(event=Given("event")).annotate(is_person=Exact(F("person"), persons.folded(name)))
    # Behind all others those that are cancelled.
    return rows.order_by("-is_person", "-status", "pk")[: MOST_ALIKE + 1]


_AT_ADDRESS: Statement[Any] = Statement(_at_this_address)


class EventFullError(Exception):
    """Every seat is taken, or too few are left for all."""


class EventClosedError(Exception):
    """Sign-up is over, or the event is cancelled."""


class EventCancelledError(EventClosedError):
    """The event does not take place: nobody gets a mail about a seat."""


class EventNotOpenError(EventClosedError):
    """Sign-up has not begun yet."""


class DoubtError(Exception):
    """The owner of the address has a seat under a name that may be another spelling of the one in the form."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


@dataclass(frozen=True)
class SignUp:
    """One form: who wants a seat, in which language, and what else they said.

    `answers`: to the event's own questions, by their keys.
    `wish`: how they want to attend; empty for the event's own way. `waits`: where no seat is free, a place on the
    waiting list will do. `companions`: names and addresses of colleagues, at most `MOST_PEOPLE` with the sender; they
    are `together` where none comes without the others. `sent_as` stands for the very page that was sent, so that
    sending it twice is answered twice alike. `is_same` says whether a similar name at this address is the same person;
    None where that was not asked. `source` is the line to the internet that it came from; empty where no visitor sent
    it. `invited_by`: who filled in the form for them.
    """

    name: str
    email: str
    language: str
    consent_wording: str
    organisation_name: str = ""
    access_needs: str = ""
    answers: Mapping[int, list[str]] = field(default_factory=dict)
    wish: str = ""
    waits: bool = False
    companions: Sequence[tuple[str, str]] = ()
    together: bool = False
    by: User | None = None
    sent_as: str = ""
    is_same: bool | None = None
    source: str = ""
    invited_by: str = ""

    def people(self) -> Iterator["SignUp"]:
        """The sender, and each companion once with what the sender cannot say for them left out."""
        yield replace(self, companions=())
        seen = {(persons.fold(self.name), User.normalise_email(self.email))}
        for name, email in self.companions:
            if (person := (persons.fold(name), User.normalise_email(email))) not in seen:
                seen.add(person)
                left_out: dict[str, Any] = {"companions": (), "access_needs": "", "answers": {}, "by": None}
                yield replace(self, name=name, email=email, invited_by=self.name, **left_out)


@dataclass
class _Person:
    """Somebody in a form, and what is known of them."""

    wanted: SignUp
    address: str
    owner: bool
    known: Registration | None
    has_place: bool
    others: list[Registration]


def register(event: Event, **form: Any) -> Registration:
    """Give each person a seat, or a place on the waiting list, and confirm it by mail; takes the fields of `SignUp`.

    Beyond the share of a line it is reserved and the mail asks for a click: `asks_click` of what is returned says so,
    the same for everybody on that line. Who has a seat or a place already keeps it; the sender's new answers replace
    their old ones, and the mail says so. Returns the sender's. Raises EventFullError or EventClosedError where nothing
    can be given (who has something hears by mail all the same, unless the event is cancelled), DoubtError to ask the
    owner of the address whether a similar name is theirs.
    """
    wanted = SignUp(**form)
    words = emails.beforehand(event, wanted.language)
    with transaction.atomic():
        waiting_list.hold(event)
        answer = decide(event, wanted, tell=partial(emails.registered, known=words))
    # Raised only now: what was changed for somebody with a seat stands, and a refusal takes as long as an answer.
    if isinstance(answer, Exception):
        raise answer
    return answer


def decide(event: Event, wanted: SignUp, *, tell: Tell) -> Registration | Exception:
    """What a form gets, as `register` says; call it while the event's row is locked. `tell` writes the mails."""
    if len(wanted.companions) >= MOST_PEOPLE:
        raise ValueError(f"One form signs up {MOST_PEOPLE} people at most.")
    # What the clock has freed belongs to those who wait.
    standing = waiting_list.settled(event)
    if not set(Wish(wanted.wish or standing.ways[0]).ways) <= set(standing.ways):
        wanted = replace(wanted, wish="")
    wanted = replace(wanted, wish=wanted.wish or standing.ways[0].value)
    people = [_person(standing, each) for each in wanted.people()]
    sender = people[0]
    if sender.others and sender.owner and wanted.is_same:
        sender.known, sender.has_place = sender.others.pop(0), True
    if sender.others and sender.owner and wanted.is_same is None:
        return DoubtError(sender.others[0].name)
    # The same for everybody, whoever has a seat already.
    is_full = None in _seats_for(standing, wanted, len(people))
    refusal = _refusal(standing, is_full=is_full and not wanted.waits)
    needing = [each for each in people if not each.has_place]
    seats = iter(_seats_for(standing, wanted, len(needing)))
    # By the number of people, too: the sender's own mail tells nothing of who else had a seat.
    party = uuid.uuid4() if len(people) > 1 else None
    answers = []
    for each in people:
        seat = None if each.has_place else next(seats)
        got = _one(standing, each, refusal, seat=seat, is_full=is_full and wanted.waits, party=party, tell=tell)
        answers.append(got)
    return answers[0]


def _person(standing: Event, wanted: SignUp) -> _Person:
    address = User.normalise_email(wanted.email)
    rows = _at_address(standing, address, wanted.name)
    known = next((row for row in rows if row.is_person), None)
    seats = {} if known else {row.name: row for row in rows if row.holds_at(standing.read_at)}
    others = [seats[other] for other in persons.alike(wanted.name, seats)]
    has_place = known is not None and known.holds_at(standing.read_at)
    return _Person(wanted, address, addresses.holds(wanted.by, address), known, has_place, others)


def _at_address(standing: Event, address: str, name: str) -> list[Any]:
    """Who signed up with this address, found as the constraint of the table compares; always the one of this name."""
    found = _AT_ADDRESS.rows(event=standing.pk, address=address, name=name)
    for row in found:
        row.event = standing
    return sorted(found, key=lambda row: row.pk)


def _seats_for(standing: Event, wanted: SignUp, number: int) -> list[Way | None]:
    """Which seats so many people get in the way they wish; None for each who has to wait."""
    left = {way: standing.left(way) for way in Wish(wanted.wish).ways}
    if wanted.together and number > 1:
        fitting = [way for way, seats in left.items() if seats is None or seats >= number]
        return [fitting[0] if fitting else None] * number
    given: list[Way | None] = []
    for _number in range(number):
        way = next((way for way, seats in left.items() if seats is None or seats > 0), None)
        if way and left[way] is not None:
            left[way] = (left[way] or 0) - 1
        given.append(way)
    return given


def _refusal(standing: Event, *, is_full: bool) -> Exception | None:
    if standing.cancelled_at:
        return EventCancelledError()
    if standing.is_closed:
        return EventClosedError()
    if standing.is_early:
        return EventNotOpenError()
    return EventFullError() if is_full else None


def _one(
    standing: Event,
    person: _Person,
    refusal: Exception | None,
    *,
    seat: Way | None,
    is_full: bool,
    party: uuid.UUID | None,
    tell: Tell,
) -> Registration | Exception:
    """What one of the people in a form gets."""
    wanted, known = person.wanted, person.known
    line = "" if person.owner else line_share.digest(standing, wanted.source)
    until = line_share.reserved_until(standing, line)
    if known and person.has_place and not standing.cancelled_at:
        is_repeated = bool(wanted.sent_as) and known.sent_as == wanted.sent_as
        _change(known, person, tell=tell)
        known.asks_click = known.reserved_until is not None if is_repeated else until is not None
        known.is_full = is_full
        return known if is_repeated or refusal is None else refusal
    asked = known or Registration(event=standing, email=person.address)
    asked.line, asked.reserved_until, asked.is_full = line, until, is_full
    if refusal is None:
        return _take(asked, person, seat=seat, party=party, tell=tell)
    with transaction.atomic():
        # The same work as for somebody with a seat, and none of it stays: the clock tells nobody anything.
        person.others = []
        _take(asked, person, seat=seat, party=party, tell=tell)
        transaction.set_rollback(True)
    return refusal


def _take(
    registration: Registration, person: _Person, *, seat: Way | None, party: uuid.UUID | None, tell: Tell
) -> Registration:
    """A seat, or the last place on the waiting list; who has one online may wait for the room besides."""
    wanted, now = person.wanted, registration.event.read_at
    if registration.pk is None or registration.status == Registration.Status.CANCELLED:
        # A new name for a seat taken again: links in the mails about the earlier one stop working.
        registration.uuid = uuid.uuid4()
        registration.created_at = now
    registration.user = wanted.by if person.owner else None
    registration.asks_click = registration.reserved_until is not None
    _say(registration, wanted)
    registration.wish, registration.seat = wanted.wish, seat.value if seat else ""
    registration.party, registration.is_together = party, wanted.together and party is not None
    registration.offered, registration.offered_until, registration.passes = "", None, 0
    registration.status = Registration.Status.CONFIRMED if seat else Registration.Status.WAITING
    registration.waiting_since = now if registration.waits_for else None
    registration.moved_up_at = registration.cancelled_at = registration.came_at = None
    try:
        with transaction.atomic(savepoint=party is not None):
            registration.save()
    except IntegrityError:
        # The database folds letters where Python does not: the person stood in this very form before.
        same = {"event": registration.event, "person": persons.folded(wanted.name)}
        there = Registration.objects.get(addresses.at("email", registration.email), **same)
        there.asks_click, there.is_full = registration.asks_click, registration.is_full
        return there
    answering.keep(registration.pk, wanted.answers)
    names = [other.name for other in person.others]
    tell(registration, others=names, invited_by=wanted.invited_by)
    return registration


def _change(registration: Registration, person: _Person, *, tell: Tell) -> None:
    """New answers of somebody with a seat; what a colleague filled in for them changes none."""
    wanted, owner = person.wanted, person.owner
    changed = (
        [] if wanted.invited_by else [name for name in ANSWERS if getattr(registration, name) != getattr(wanted, name)]
    )
    if changed or (owner and registration.user_id is None):
        if owner:
            registration.user, registration.line, registration.reserved_until = wanted.by, "", None
        _say(registration, wanted)
        registration.save(update_fields=[*_SAID, "user", "line", "reserved_until"])
    is_changed = answering.keep(registration.pk, wanted.answers) or bool(changed)
    tell(registration, is_changed=is_changed)


def _say(registration: Registration, wanted: SignUp) -> None:
    for name in _SAID:
        setattr(registration, name, getattr(wanted, name))
