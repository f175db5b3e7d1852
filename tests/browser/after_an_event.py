"""A seminar that is over, its materials and feedback, and the pages that who was there gets to see.

Runs inside the portal's own Django, like `tests.browser.facts`.
"""

from datetime import timedelta
from uuid import UUID

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from events.afterwards import certificates, thanking
from events.afterwards.models import EventMaterial
from events.agenda.models import Event
from events.agenda.pages import EventPage
from events.feedback import answering
from events.feedback.models import FeedbackQuestion
from events.overview.models import EventIndexPage
from events.seats import links
from events.seats.models import Registration

FINISHED_EVENT = UUID("d0c2e6c4-2a94-4b0e-8b6c-7d1f5f0f9a21")


def finished_event() -> Event:
    """A seminar of the day before yesterday, with materials, feedback of six people, and a page in each language."""
    ends_at = timezone.now().replace(minute=0, second=0, microsecond=0) - timedelta(days=2)
    facts = {"title": "Seminar", "starts_at": ends_at - timedelta(hours=3), "ends_at": ends_at, "shows_feedback": True}
    # Nobody is written to meanwhile.
    event, is_new = Event.objects.get_or_create(uid=FINISHED_EVENT, defaults=facts | {"thanks": False})
    if is_new:
        EventMaterial.objects.create(
            event=event, title="Recording", link="https://video.example.org/1", language="fr", made_by="The speakers"
        )
        FeedbackQuestion.objects.create(event=event, label={"en": "How was the room?"})
        for number, mark in enumerate((5, 5, 4, 4, 3, 1)):
            answering.give(_seat(event, f"mark-{number}@example.org"), {"overall": mark})
        for index in EventIndexPage.objects.live():
            index.add_child(instance=EventPage(event=event, title="Seminar", slug="seminar", locale=index.locale))
    return event


def thank(email: str) -> None:
    """The morning after that seminar, for somebody who came."""
    event = finished_event()
    _seat(event, email)
    Event.objects.filter(pk=event.pk).update(thanks=True, thanked_at=None)
    thanking.thank(event.pk)
    Event.objects.filter(pk=event.pk).update(thanks=False)


def addresses(language: str) -> dict[str, str]:
    """The pages of that seminar's guests, by the names of `tests.browser.places`."""
    event = finished_event()
    came = _seat(event, f"came-{language}@example.org", language=language)
    missed = _seat(event, f"missed-{language}@example.org", language=language, came=False)
    answered = _seat(event, f"answered-{language}@example.org", language=language)
    if answering.standing(answered) == "open":
        answering.give(answered, {"overall": 4})
    with override(language):
        return {
            "seat after event": reverse("events:cancel", args=[links.cancel_token(came)]),
            "seat of who was missed": reverse("events:cancel", args=[links.cancel_token(missed)]),
            "feedback": reverse("events:feedback", args=[links.cancel_token(came)]),
            "feedback given": reverse("events:feedback", args=[links.cancel_token(answered)]),
            "feedback closed": reverse("events:feedback", args=[links.cancel_token(missed)]),
            "certificate": reverse("events:certificate", args=[certificates.issue(came).written]),
            "certificate unknown": reverse("events:certificate", args=["unknown"]),
            "enter number": reverse("events:enter_number"),
        }


def _seat(event: Event, email: str, *, language: str = "en", came: bool = True) -> Registration:
    came_at = event.starts_at if came else None
    values = {"name": "Walker", "language": language, "came_at": came_at, "consent_wording": "-", "seat": "room"}
    seat, _is_new = Registration.objects.get_or_create(event=event, email=email, defaults=values)
    return seat
