"""More dates for an event: copies of its facts, made once, told of by the pages that were there."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override
from modelcluster.models import get_all_child_relations
from wagtail.models import ModelLogEntry

from accounts.users.models import User
from events.afterwards.models import EventMaterial
from events.agenda.models import Event
from events.agenda.pages import EventPage
from events.feedback.models import FeedbackQuestion
from events.programme.models import ProgrammeItem, Speaker
from events.questions.models import Question
from events.series.models import MOST_DATES, Series
from events.staff.more_dates import OWN, ROWS, add_dates
from hub.changes import consequences
from hub.changes.consequences import Act
from hub.dates import brussels
from tests.factories.events import EventFactory, RegistrationFactory, dates, event_page
from tests.factories.hub import ContactFactory

pytestmark = pytest.mark.django_db
# Clocks go back on the night before the last of them.
SUMMER = datetime(2031, 10, 20, 8, 0, tzinfo=UTC)
AUTUMN = datetime(2031, 10, 27, 9, 0, tzinfo=UTC)


@pytest.fixture
def event() -> Event:
    """A morning in Brussels, with something of everything."""
    event = EventFactory.create(
        title="Clinic hour",
        starts_at=SUMMER,
        ends_at=SUMMER + timedelta(hours=2),
        capacity=4,
        registration_closes_at=SUMMER - timedelta(days=1),
        registration_opens_at=timezone.now() - timedelta(days=1),
        contact=ContactFactory.create(),
        reminder_hours=[24],
        to_bring="A question.",
    )
    speaker = Speaker.objects.create(event=event, name="Ada", sort_order=0)
    item = ProgrammeItem.objects.create(
        event=event, title="Questions", starts_at=SUMMER, ends_at=SUMMER + timedelta(hours=1)
    )
    item.speakers.set([speaker])
    item.save()
    Question.objects.create(event=event, label="Which call?", sort_order=0)
    FeedbackQuestion.objects.create(event=event, label="Was it long enough?", sort_order=0)
    EventMaterial.objects.create(event=event, title="Slides", link="https://example.org/slides", sort_order=0)
    RegistrationFactory.create(event=event)
    event_page(event)
    return event


def url(event: Event) -> str:
    return reverse("wagtailsnippets_events_event:more_dates", args=[event.pk])


def sent(*starts: datetime) -> dict[str, str]:
    typed = [f"{brussels.local(start):%Y-%m-%dT%H:%M}" for start in starts]
    return {f"date_{number}": each for number, each in enumerate(typed, 1)}


class TestAdding:
    def test_a_date_has_the_facts_and_nothing_of_the_people(self, event: Event, editor_user: User) -> None:
        [new] = add_dates(event, [AUTUMN], by=editor_user)
        event.refresh_from_db()
        assert (new.starts_at, new.ends_at) == (AUTUMN, AUTUMN + timedelta(hours=2))
        assert new.registration_closes_at == AUTUMN - timedelta(days=1)
        assert (new.capacity, new.contact, new.reminder_hours) == (4, event.contact, [24])
        assert str(new.to_bring) == "A question."
        [item] = new.programme.all()
        assert (item.starts_at, [each.name for each in item.speakers.all()]) == (AUTUMN, ["Ada"])
        assert item.speakers.get().event == new
        assert [str(each.label) for each in new.questions.all()] == ["Which call?"]
        assert [str(each.label) for each in new.feedback_questions.all()] == ["Was it long enough?"]
        assert not new.materials.exists()
        assert not new.registrations.exists()
        assert new.uid != event.uid
        assert event.questions.count() == event.speakers.count() == event.programme.count() == 1
        assert ModelLogEntry.objects.filter(object_id=new.pk, action="wagtail.create", user=editor_user).exists()

    def test_every_kind_of_row_is_copied_or_left_out_on_purpose(self) -> None:
        rows = {relation.get_accessor_name() for relation in get_all_child_relations(Event)}
        assert rows == {*ROWS, "speakers", "programme", "materials"}
        assert {field.name for field in Event._meta.concrete_fields} >= OWN

    def test_sent_twice_the_dates_are_there_once(self, event: Event) -> None:
        assert len(add_dates(event, [AUTUMN, AUTUMN + timedelta(weeks=1)], by=None)) == 2
        assert add_dates(event, [AUTUMN + timedelta(weeks=1), AUTUMN, SUMMER], by=None) == []
        assert Event.objects.count() == 3
        assert Series.objects.count() == 1

    def test_a_date_of_a_series_gets_more_of_the_same(self, event: Event) -> None:
        [second] = add_dates(event, [AUTUMN], by=None)
        [third] = add_dates(second, [AUTUMN + timedelta(weeks=1)], by=None)
        event.refresh_from_db()
        assert event.series == second.series == third.series

    def test_no_more_than_a_series_has(self, event: Event) -> None:
        with pytest.raises(ValidationError, match=str(MOST_DATES)):
            add_dates(event, [AUTUMN + timedelta(days=day) for day in range(MOST_DATES)], by=None)
        event.refresh_from_db()
        assert Event.objects.count() == 1
        assert event.series is None
        assert len(add_dates(event, [AUTUMN + timedelta(days=day) for day in range(1, MOST_DATES)], by=None)) == 29

    def test_mere_days(self) -> None:
        event = EventFactory.create(starts_at=SUMMER, ends_at=SUMMER + timedelta(hours=2), has_time=False)
        event.full_clean()
        event.save()
        [new] = add_dates(event, [AUTUMN], by=None)
        assert (new.starts_at, new.ends_at) == (brussels.first_minute(AUTUMN), brussels.last_minute(AUTUMN))
        assert add_dates(event, [AUTUMN + timedelta(hours=3)], by=None) == []


class TestItsPages:
    def test_the_page_of_the_event_becomes_that_of_the_series(self, visitor: Client, event: Event) -> None:
        page = EventPage.objects.get()
        before = page.url
        add_dates(event, [AUTUMN], by=None)
        page = EventPage.objects.get()
        event.refresh_from_db()
        assert (page.url, page.event, page.series) == (before, None, event.series)
        assert visitor.get(before or "").status_code == 200

    def test_a_draft_from_before_is_one_of_the_series(self, event: Event, editor_user: User) -> None:
        page = EventPage.objects.get()
        page.introduction = "Better words."
        draft = page.save_revision(user=editor_user)
        add_dates(event, [AUTUMN], by=None)
        shown = EventPage.objects.get().get_latest_revision_as_object()
        assert (shown.event_id, shown.series_id) == (None, Series.objects.get().pk)
        draft.refresh_from_db()
        draft.publish(user=editor_user)
        page = EventPage.objects.get()
        assert (page.introduction, page.event_id, page.series_id) == ("Better words.", None, Series.objects.get().pk)

    def test_an_editor_who_had_the_page_open_does_not_undo_it(self, editor: Client, event: Event) -> None:
        page = EventPage.objects.get()
        edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
        form = BeautifulSoup(editor.get(edit).content, "html.parser").select("form#page-edit-form")[0]
        typed = {str(each["name"]): str(each.get("value", "")) for each in form.select("input[name]")}
        typed |= {str(each["name"]): each.text for each in form.select("textarea[name]")}
        assert typed["event"] == str(event.pk)
        add_dates(event, [AUTUMN], by=None)
        typed |= {
            "title": "Clinic hours",
            "comments-TOTAL_FORMS": "0",
            "comments-INITIAL_FORMS": "0",
            "body-count": "0",
        }
        editor.post(edit, typed)
        draft = page.__class__.objects.get().get_latest_revision_as_object()
        assert (draft.event_id, draft.series_id) == (None, Series.objects.get().pk)

    def test_a_page_in_another_language_is_made_once_for_all_dates(self, editor: Client, event: Event) -> None:
        from tests.factories.events import agenda

        agenda("nl")
        [new] = add_dates(event, [AUTUMN], by=None)
        for each in (event, new):
            editor.post(reverse("wagtailsnippets_events_event:make_page", args=[each.pk, "nl"]))
        page = EventPage.objects.get(locale__language_code="nl")
        assert (page.event, page.series) == (None, new.series)


class TestTheScreen:
    def test_it_adds_and_the_dates_stand_beside_each_other(self, editor: Client, event: Event) -> None:
        back = reverse("wagtailsnippets_events_event:edit", args=[event.pk])
        assert url(event) in editor.get(back).content.decode()
        for _time in range(2):
            assert editor.post(url(event), sent(AUTUMN, AUTUMN + timedelta(weeks=1)))["Location"] == back
        new = Event.objects.exclude(pk=event.pk)
        assert new.count() == 2
        assert set(new.values_list("starts_at", flat=True)) == {AUTUMN, AUTUMN + timedelta(weeks=1)}
        shown = editor.get(back).content.decode()
        assert all(reverse("wagtailsnippets_events_event:edit", args=[each.pk]) in shown for each in new)
        assert editor.get(url(event)).status_code == 200

    @pytest.mark.parametrize(
        ("typed", "field", "said"),
        [
            (sent(timezone.now() - timedelta(days=1)), "date_1", "in the past"),
            ({"date_2": "2031-13-01T10:00"}, "date_2", "valid"),
            ({}, "date_1", "at least one"),
            ({"date_1": "2031-03-30T02:30"}, "date_1", "does not exist"),
        ],
    )
    def test_what_is_refused_is_said_at_the_field(
        self, editor: Client, event: Event, typed: dict[str, str], field: str, said: str
    ) -> None:
        form = editor.post(url(event), typed).context["form"]
        assert said in str(form.errors[field])
        assert Event.objects.count() == 1

    def test_too_many_come_back_as_typed(self, editor: Client, event: Event) -> None:
        add_dates(event, [AUTUMN + timedelta(days=day) for day in range(1, MOST_DATES)], by=None)
        answer = editor.post(url(event), sent(AUTUMN + timedelta(days=90)))
        assert "30" in str(answer.context["form"].non_field_errors())
        assert answer.context["form"]["date_1"].value()

    def test_saving_the_form_of_the_facts_keeps_the_series(self, editor: Client, event: Event) -> None:
        from events.staff.admin import EventViewSet
        from events.staff.forms import EventFactsForm

        form_class: Any = EventViewSet().get_form_class(for_update=True)
        assert issubclass(form_class, EventFactsForm)
        opened = Event.objects.get(pk=event.pk)
        add_dates(event, [AUTUMN], by=None)
        form = form_class(instance=opened)
        form.cleaned_data, form.formsets = {}, {}
        form.save()
        event.refresh_from_db()
        assert event.series


class TestTakingAway:
    @pytest.fixture(autouse=True)
    def _in_english(self) -> Iterator[None]:
        with override("en"):
            yield

    def test_one_of_several_dates_can_go_and_the_last_stays(self) -> None:
        first, second = dates(2)
        assert not [each.refusal for each in consequences.of([first], Act.DELETE)]
        first.delete()
        [staying] = consequences.of([second], Act.DELETE)
        assert "last date" in staying.refusal
        both = dates(2)
        assert all("last date" in each.refusal for each in consequences.of(both, Act.DELETE))

    def test_the_last_page_stays_while_people_count_on_a_date(self) -> None:
        events = dates()
        page = EventPage.objects.get()
        assert not consequences.of([page], Act.UNPUBLISH)[0].refusal
        RegistrationFactory.create(event=events[1])
        RegistrationFactory.create(event=events[2])
        [said] = consequences.of([page], Act.UNPUBLISH)
        assert "Cancel the event first" in said.refusal
        assert "2 people signed up for it." in said.lost
