"""What is put together once finds what the queryset finds that it was made of."""

import pytest
from i18nfield.strings import LazyI18nString

from events.agenda.models import Event
from events.agenda.statements import Given, Statement
from tests.factories.events import EventFactory, RegistrationFactory

pytestmark = pytest.mark.django_db

STANDING: Statement[Event] = Statement(lambda: Event.objects.with_standing().filter(pk=Given("event")))


def test_the_same_rows_with_all_their_fields_and_annotations() -> None:
    """Fields that Python reads in a way of their own (texts in languages, hours of reminders) included."""
    title = LazyI18nString({"en": "A rush", "nl": "Een stormloop"})
    event = EventFactory.create(capacity=7, title=title, reminder_hours=[24, 2])
    RegistrationFactory.create_batch(3, event=event)
    (found,), asked = STANDING.rows(event=event.pk), Event.objects.with_standing().get(pk=event.pk)
    for field in Event._meta.concrete_fields:
        assert getattr(found, field.attname) == getattr(asked, field.attname), field
    assert [found.title.localize("nl"), found.room_taken, found.left(found.ways[0])] == ["Een stormloop", 3, 4]
    assert [found.is_over, found.is_closed, found.is_early] == [asked.is_over, asked.is_closed, asked.is_early]


def test_each_use_gives_its_own_values() -> None:
    one, other = EventFactory.create_batch(2)
    assert [row.pk for row in STANDING.rows(event=other.pk)] == [other.pk]
    assert [row.pk for row in STANDING.rows(event=one.pk)] == [one.pk]
    assert [STANDING.count(event=one.pk), STANDING.count(event=0), STANDING.rows(event=0)] == [1, 0, []]


def test_what_it_finds_can_be_saved() -> None:
    event = EventFactory.create(venue="Town hall")
    (found,) = STANDING.rows(event=event.pk)
    found.venue = "Library"
    found.save()
    event.refresh_from_db()
    assert event.venue == "Library"
