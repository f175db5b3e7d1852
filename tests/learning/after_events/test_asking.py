"""The day after an event its organisers are asked what was learned, each once."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from events.agenda.models import Event
from hub.site.models import SiteSettings
from learning.after_events import asking
from learning.answers import writing
from learning.questions.models import Question
from notifications.outbox.models import Message
from tests.factories import learning as make
from tests.factories.accounts import UserFactory
from tests.factories.events import event_with_page

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


def an_event(*, days: int = 2, **fields: Any) -> Event:
    """One that ended so many days ago."""
    ends_at = timezone.now() - timedelta(days=days)
    event = event_with_page()
    Event.objects.filter(pk=event.pk).update(starts_at=ends_at - timedelta(hours=2), ends_at=ends_at, **fields)
    return Event.objects.get(pk=event.pk)


def linked(event: Event, *, organisers: int = 1) -> Question:
    for _each in range(organisers):
        event.organisers.add(UserFactory.create())
    event.save()
    asked = make.question()
    asked.events.add(event)
    return asked


def told() -> list[str]:
    return sorted(Message.objects.filter(kind="learning/what_was_learned").values_list("to_email", flat=True))


def test_each_organiser_is_asked_once_however_often_it_runs() -> None:
    event = an_event()
    linked(event, organisers=2)
    assert asking.run() == 2
    assert asking.run() == 0
    assert told() == sorted(user.email for user in event.organisers.all())
    mail = Message.objects.first()
    assert mail
    assert mail.context["answer_url"].endswith(f"?event={event.uid}")


@pytest.mark.parametrize(("days", "number"), [(-1, 0), (0, 0), (2, 1), (13, 1), (15, 0)])
def test_the_day_after_and_not_much_later(days: int, number: int) -> None:
    linked(an_event(days=days))
    assert asking.run() == number


def test_nobody_is_asked_about_what_did_not_take_place_or_is_told_already() -> None:
    linked(an_event(cancelled_at=timezone.now()))
    assert asking.run() == 0
    event = an_event()
    asked = linked(event)
    writing.write(asked, make.draft(events=[event]), was=0, by=None)
    assert asking.run() == 0


def test_without_organisers_who_keeps_the_question_is_asked_then_the_centre() -> None:
    asked = linked(an_event(), organisers=0)
    member = make.owner_of(asked)
    asking.run()
    assert told() == [member.email]
    Message.objects.all().delete()
    member.memberships.all().delete()
    SiteSettings.objects.update(contact_email="centre@example.org")
    asking.run()
    assert told() == ["centre@example.org"]
