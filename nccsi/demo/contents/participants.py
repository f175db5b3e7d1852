"""Guests of the demo's meetings, who are nobody: numbers with addresses that lead nowhere. Added once per event."""

from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any
from uuid import uuid5

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext, override

from events.afterwards.models import EventMaterial
from events.agenda.models import Event
from events.door.models import LONGEST_LABEL, Scan
from events.feedback.models import FeedbackAnswer, FeedbackGiven
from events.seats.models import Registration, Wish
from events.sign_up.forms import CONSENT_WORDING
from nccsi.demo.contents import events
from nccsi.demo.contents.pages import Tree
from nccsi.demo.reading import words

HOST = "guests.example.org"
# Marks that the trial workshop was given, and what some wrote, in the languages of pages.toml's `feedback`.
MARKS = (5, 4, 5, 4, 3, 5, 4, 5, 4)


def load(tree: Tree) -> int:
    """Fills the meeting, the workshop and the first clinic hour, and tells how the trial went; returns how many."""
    names = (events.NEXT, events.CLINIC, events.WORKSHOP, events.TRIAL)
    meeting, clinic, workshop, trial = (events.known(name) for name in names)
    number = 0
    if meeting and not _has_guests(meeting):
        left = (meeting.capacity or 0) - meeting.registrations.confirmed().filter(seat=Wish.ROOM).count()
        number += _add(meeting, left, wish=Wish.ROOM, seat="room")
        number += _add(meeting, 109, wish=Wish.ONLINE, seat="online")
        number += _wait(meeting, (Wish.EITHER, "online"), (Wish.ROOM, ""), (Wish.EITHER, "online"), (Wish.ROOM, ""))
    if clinic and not _has_guests(clinic):
        number += _add(clinic, clinic.online_capacity or 0, wish=Wish.ONLINE, seat="online")
    if workshop and not _has_guests(workshop):
        number += _add(workshop, workshop.capacity or 0, wish=Wish.ROOM, seat="room")
        number += _wait(workshop, *[(Wish.ROOM, "")] * 3)
    if trial and not _has_guests(trial):
        number += _add(trial, 14, wish=Wish.ROOM, seat="room", came_at=trial.starts_at + timedelta(minutes=3))
        number += _add(trial, 2, wish=Wish.ROOM, seat="room")
        _let_in(trial)
        _tell_of(trial, tree)
    return number


def _has_guests(event: Event) -> bool:
    return event.registrations.filter(email__endswith=f"@{HOST}").exists()


def _guests(event: Event, number: int, fields: Mapping[str, Any]) -> Iterable[Registration]:
    first = event.registrations.count() + 1
    languages = [code for code, _name in settings.LANGUAGES]
    for place in range(first, first + number):
        language = languages[place % len(languages)]
        with override(language):
            name, wording = gettext("Guest %(number)d") % {"number": place}, str(CONSENT_WORDING)
        email = f"guest{place}-{event.uid.hex[:6]}@{HOST}"
        yield Registration(event=event, name=name, email=email, language=language, consent_wording=wording, **fields)


def _add(event: Event, number: int, **fields: Any) -> int:
    return len(Registration.objects.bulk_create(_guests(event, max(number, 0), fields)))


def _wait(event: Event, *standings: tuple[Wish, str]) -> int:
    """In line in this order, some with a seat online."""
    for place, (wish, seat) in enumerate(standings):
        since = event.created_at + timedelta(minutes=place)
        status = Registration.Status.CONFIRMED if seat else Registration.Status.WAITING
        _add(event, 1, wish=wish, seat=seat, status=status, waiting_since=since)
    return len(standings)


def _let_in(event: Event) -> None:
    """What the door noted of those who came."""
    Scan.objects.bulk_create(
        Scan(
            uuid=uuid5(guest.uuid, "in"),
            registration=guest,
            day=timezone.localdate(guest.came_at),
            kind=Scan.Kind.IN,
            device=event.venue[:LONGEST_LABEL],
            scanned_at=guest.came_at,
            happened_at=guest.came_at,
        )
        for guest in event.registrations.filter(came_at__isnull=False)
    )


def _tell_of(trial: Event, tree: Tree) -> None:
    """Materials, and marks from nine of those who came."""
    told = words.pages()["trial_feedback"]
    for language, name in tuple((language, "hubsi") for language in dict(settings.LANGUAGES)):
        page = tree.pages.get((name, language))
        if page:
            link = f"{settings.SITE_URL}{page.url}"
            EventMaterial.objects.create(
                event=trial, title=words.label(told["material"]), link=link, language=language, sort_order=0
            )
    came = list(trial.registrations.filter(came_at__isnull=False)[: len(MARKS)])
    FeedbackGiven.objects.bulk_create(FeedbackGiven(registration=guest) for guest in came)
    standard = FeedbackAnswer.Standard
    answers = [FeedbackAnswer(event=trial, standard=standard.OVERALL, mark=mark) for mark in MARKS]
    answers += [FeedbackAnswer(event=trial, standard=standard.WORKED, text=text) for text in told["worked"]]
    answers += [FeedbackAnswer(event=trial, standard=standard.CHANGE, text=text) for text in told["change"]]
    FeedbackAnswer.objects.bulk_create(answers)
