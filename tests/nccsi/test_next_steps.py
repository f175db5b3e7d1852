"""Pages that follow on something sent or confirmed end with what is open to their reader now, and with nothing else."""

import html
import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.profile import next_steps
from accounts.profile.next_steps import Deed, Done
from accounts.users.models import User
from calls.chain.models import Call
from consortia.interest import links
from consortia.interest.models import Interest
from events.agenda.models import Event
from events.seats import links as seat_links
from events.seats.models import Registration
from notifications.subscriptions.links import confirm_token
from notifications.subscriptions.models import Subscription
from tests.factories import submissions
from tests.factories.consortia import InterestFactory
from tests.factories.events import EventFactory, RegistrationFactory, dates, event_with_page
from tests.factories.notifications import SubscriptionFactory
from tests.factories.partners import MembershipFactory, OrganisationFactory, public_call

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]

REMIND = "Be reminded by mail before each date of the call"
CALENDAR = "Put the dates of the call into your calendar (.ics)"
MEETING = "Come to “Info meeting”"
DIRECTORY = "Find partners in the directory"
AGENDA = "See which events are coming"
BACK, MINE = "Back to the call", "My page"
_STEP = re.compile(r'<h3 class="row__title"><a href="([^"]*)">([^<]*)</a>')


@pytest.fixture
def call() -> Call:
    return public_call(due_at=timezone.now() + timedelta(days=7), title="Together")


@pytest.fixture
def meeting(call: Call) -> Event:
    now = timezone.now()
    event = EventFactory.create(call=call, starts_at=now + timedelta(days=3), ends_at=now + timedelta(days=3, hours=2))
    return event_with_page(event, title="Info meeting")


def steps(client: Client, path: str, *, follows: bool = True) -> list[str]:
    """What a page offers last, each of which leads somewhere."""
    answer = client.get(path, follow=True)
    assert answer.status_code == 200
    _before, heading, listed = answer.content.decode().partition("What you can do next</h2>")
    if not heading:
        return []
    found = _STEP.findall(listed.partition("</section>")[0])
    if follows:
        assert [client.get(html.unescape(address)).status_code for address, _words in found] == [200] * len(found)
    return [html.unescape(words) for _address, words in found]


def confirmed_follow(topic: str) -> str:
    follower = SubscriptionFactory.create(topic=topic, status=Subscription.Status.PENDING, confirmed_at=None)
    path = f"/en/follow/confirm/{confirm_token(follower, language='en', offsets=[])}/"
    assert Client().post(path).status_code == 200
    return path


def address(name: str, call: Call) -> str:
    return reverse(f"consortia:{name}", args=[call.pk])


def test_after_an_interest_the_call_goes_on(call: Call, meeting: Event, visitor: Client) -> None:
    OrganisationFactory.create()
    for name in ("interest_sent", "interest_registered"):
        assert steps(visitor, address(name, call)) == [REMIND, CALENDAR, MEETING, DIRECTORY, BACK]


def test_after_the_link_in_the_mail_as_well(call: Call, visitor: Client) -> None:
    waiting = InterestFactory.create(call=call, status=Interest.Status.PENDING)
    path = reverse("consortia:confirm_interest", args=[links.confirm_token(waiting)])
    assert steps(visitor, path) == []
    visitor.post(path)
    assert steps(visitor, path) == [REMIND, CALENDAR, BACK]


def test_who_completes_them_is_for_members_and_reminders_for_who_has_none(
    call: Call, partner: Client, partner_user: User
) -> None:
    own = MembershipFactory.create(user=partner_user).organisation
    InterestFactory.create(call=call, organisation=own, organisation_name=own.name, user=partner_user)
    SubscriptionFactory.create(email=partner_user.email.upper(), topic=f"call:{call.pk}")
    found = steps(partner, address("interest_registered", call))
    assert found == [f"Who completes {own.name}", CALENDAR, DIRECTORY, BACK, MINE]


def test_what_is_past_closed_or_hidden_is_not_offered(call: Call, meeting: Event, visitor: Client) -> None:
    Event.objects.update(registration_closes_at=timezone.now() - timedelta(hours=1))
    assert steps(visitor, address("interest_sent", call)) == [REMIND, CALENDAR, AGENDA, BACK]
    Event.objects.update(cancelled_at=timezone.now())
    assert steps(visitor, address("interest_sent", call)) == [REMIND, CALENDAR, BACK]
    call.deadlines.update(due_at=timezone.now() - timedelta(days=2))
    assert steps(visitor, address("interest_sent", call)) == [BACK]


def test_who_completes_them_ends_with_the_call(call: Call, partner: Client, partner_user: User) -> None:
    own = MembershipFactory.create(user=partner_user).organisation
    InterestFactory.create(call=call, organisation=own, organisation_name=own.name, user=partner_user)
    assert f"Who completes {own.name}" in steps(partner, address("interest_registered", call))
    call.deadlines.update(due_at=timezone.now() - timedelta(days=2))
    assert f"Who completes {own.name}" not in steps(partner, address("interest_registered", call))


def test_who_registered_without_a_profile_is_not_asked_to_again(
    call: Call, partner: Client, partner_user: User
) -> None:
    done = Done(Deed.FOLLOW, (f"call:{call.pk}",), partner_user, "en")
    offer = "Register your interest"
    assert offer in [step.text for step in next_steps.after(done)]
    InterestFactory.create(call=call, email=partner_user.email)
    assert offer not in [step.text for step in next_steps.after(done)]


def test_who_has_a_seat_is_not_asked_to_the_meeting_again(
    call: Call, meeting: Event, partner: Client, partner_user: User
) -> None:
    assert MEETING in steps(partner, address("interest_sent", call))
    RegistrationFactory.create(event=meeting, email=partner_user.email)  # signed up before they signed in
    assert MEETING not in steps(partner, address("interest_sent", call))


def test_after_following_a_call_its_form_is_offered_and_not_what_they_just_did(
    call: Call, meeting: Event, visitor: Client
) -> None:
    path = confirmed_follow(f"call:{call.pk}")
    assert steps(visitor, path) == ["Register your interest", CALENDAR, MEETING, "See what you follow"]
    call.deadlines.update(due_at=timezone.now() - timedelta(days=2))
    assert steps(visitor, path) == [MEETING, "See what you follow"]


def test_after_following_something_else_there_is_a_way_on(visitor: Client) -> None:
    organisation = OrganisationFactory.create()
    assert steps(visitor, confirmed_follow(f"organisation:{organisation.pk}")) == [DIRECTORY, "See what you follow"]


def test_after_signing_up_the_date_and_the_call_of_the_event(call: Call, meeting: Event, visitor: Client) -> None:
    path = reverse("events:signed_up", args=[meeting.uid])
    assert steps(visitor, path) == ["Register your interest", REMIND, CALENDAR, "Put it in your calendar (.ics)"]
    other = event_with_page()
    signed_up = reverse("events:signed_up", args=[other.uid])
    assert steps(visitor, signed_up) == ["Put it in your calendar (.ics)", AGENDA]
    assert steps(visitor, reverse("events:on_list", args=[other.uid])) == [AGENDA]
    Event.objects.filter(pk=other.pk).update(
        starts_at=timezone.now() - timedelta(days=2), ends_at=timezone.now() - timedelta(days=1)
    )
    assert steps(visitor, signed_up) == [AGENDA]


def test_the_link_of_a_reserved_seat_offers_it_once_the_seat_is_theirs(visitor: Client) -> None:
    seat = RegistrationFactory.create(event=event_with_page(), reserved_until=timezone.now() + timedelta(hours=3))
    path = reverse("events:confirm", args=[seat_links.confirm_token(seat)])
    assert steps(visitor, path) == []
    Registration.objects.update(reserved_until=None)
    assert steps(visitor, path) == ["Put it in your calendar (.ics)"]


def test_after_signing_up_for_several_dates_what_else_is_on(visitor: Client) -> None:
    series = dates(2)[0].series
    assert series
    assert AGENDA in steps(visitor, reverse("events:series_signed_up", args=[series.uid]))


def test_after_a_practice_was_sent_in(partner: Client, partner_user: User) -> None:
    found = submissions.sent(partner_user)
    offered = steps(partner, reverse("practices:submission", args=[found.uuid]))
    assert offered[0] == "See all that you sent in, and where it stands"
    assert offered[-1] == MINE


def test_no_more_is_asked_for_many(call: Call, partner_user: User) -> None:
    def queries() -> int:
        done = Done(Deed.INTEREST, (f"call:{call.pk}",), partner_user, "en")
        next_steps.after(done)
        with CaptureQueriesContext(connection) as asked:
            assert len(next_steps.after(done)) <= next_steps.SHOWN + 1
        return len(asked)

    def fill(number: int) -> None:
        for _each in range(number):
            event_with_page(EventFactory.create(call=call))
            own = MembershipFactory.create(user=partner_user).organisation
            InterestFactory.create(call=call, organisation=own, organisation_name=own.name, user=partner_user)

    fill(1)
    few = queries()
    fill(6)
    assert queries() == few


@pytest.mark.parametrize("key", ["call:1x", "call:", "call:-1", "theme:care", "calls"])
def test_what_is_no_number_is_about_nothing(key: str) -> None:
    assert Done(Deed.FOLLOW, (key,), None, "en").keys("call") == []
