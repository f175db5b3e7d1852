"""Deleting, unpublishing and moving what people rely on: who may, what is said before, and what stays.

Everything is taken from the admin's own router and from the models, so that a new way or a new thing needs a line here.
"""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, get_page_models
from wagtail.snippets.models import get_snippet_models

from accounts.users.models import User
from calls.chain.models import Call
from calls.moving import deadlines
from calls.pages.models import CallPage
from events.agenda.models import Event
from events.agenda.pages import EventPage
from events.moving import moving
from hub.changes import consequences
from hub.changes.consequences import Act
from hub.pages.models import NewsPage, StandardPage
from hub.vocabularies.models import Term
from notifications.outbox.models import Message
from partners.organisations.models import Organisation
from tests.factories.accounts import UserFactory
from tests.factories.consortia import InterestFactory
from tests.factories.events import EventFactory, RegistrationFactory, agenda, event_page
from tests.factories.hub import CallFactory, DeadlineFactory, add_call_page, add_calls, add_news, add_page, home
from tests.factories.notifications import MessageFactory, SubscriptionFactory
from tests.personas import give_second_factor, signed_in
from tests.routes import routes

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]

# Ways of the admin to take something away. Those that show what is lost …
SHOWN = {
    "wagtailadmin_pages:delete",
    "wagtailadmin_pages:unpublish",
    "wagtailadmin_pages:move",
    "wagtailadmin_pages:move_confirm",
    "wagtail_bulk_action",
    "wagtailsnippets_practices_practice:unpublish",
}
SHOWN_OF_EACH_FACT = re.compile(r"wagtailsnippets_\w+:delete")
# … and those that take nothing from the public, or that Wagtail refuses as long as something uses it.
OTHERS = {
    "wagtailadmin_collections:delete": "refused while it holds something",
    "wagtailadmin_pages:revisions_unschedule": "what was to appear does not",
    "wagtailsnippets_practices_practice:revisions_unschedule": "what was to appear does not",
    "wagtailadmin_pages:convert_alias": "the page stays",
    "wagtail_localize:convert_to_alias": "the page stays, with the words of the other language",
    "wagtail_localize:stop_translation": "the page stays",
    "wagtailadmin_pages:set_privacy": "moderators only, see below",
    "wagtailadmin_pages:set_page_position": "the order among its neighbours",
    "wagtailadmin_collections:set_privacy": "files",
    "wagtaildocs:delete": "Wagtail shows where it is used",
    "wagtaildocs:delete_multiple": "just uploaded",
    "wagtaildocs:delete_upload_multiple": "just uploaded",
    "wagtailimages:delete": "Wagtail shows where it is used",
    "wagtailimages:delete_multiple": "just uploaded",
    "wagtailimages:delete_upload_multiple": "just uploaded",
    "wagtaillocales:delete": "refused while it has pages",
    "wagtailredirects:delete": "administrators",
    "wagtailsites:delete": "administrators",
    "wagtailusers_groups:delete": "administrators",
    "wagtailusers_users:delete": "administrators",
    "wagtailadmin_workflows:disable": "administrators",
    "wagtailadmin_workflows:disable_task": "administrators",
    "wagtailadmin_workflows:remove": "administrators",
    "consortia_admin_remove_criterion": "refused once somebody judged by it",
    "consortia_admin_remove_part": "refused once somebody filled it",
    "wagtailsnippets_calls_call:move": "tells everyone",
    "wagtailsnippets_calls_call:withdraw": "tells everyone",
    "wagtailsnippets_events_event:move": "tells everyone",
    "wagtailsnippets_events_event:call_off": "tells everyone",
    "wagtailsnippets_notifications_subscription:stop": "who follows asked for it",
}
_TAKES_AWAY = re.compile("delete|unpublish|move|disable|alias|privacy|unschedule|withdraw|call_off|stop|bulk|position")


def test_every_way_of_the_admin_is_known() -> None:
    admin = {route.name for route in routes() if route.pattern.startswith("admin/")}
    ways = {name for name in admin if _TAKES_AWAY.search(name)}
    assert len(ways) > 40
    unknown = {name for name in ways if name not in SHOWN and name not in OTHERS and not SHOWN_OF_EACH_FACT.match(name)}
    assert not unknown
    assert not (SHOWN | set(OTHERS)) - ways


def test_every_kind_of_page_and_of_fact_says_what_is_lost_with_it() -> None:
    kinds = [kind for kind in get_page_models() if kind is not Page]
    administrator = User(is_superuser=True)
    kinds += [
        kind
        for kind in get_snippet_models()
        if kind.snippet_viewset.permission_policy.user_has_permission(administrator, "delete")
    ]
    assert {CallPage, EventPage, NewsPage, Call, Event, Organisation, Term} < set(kinds)
    assert [kind.__name__ for kind in kinds if not consequences.is_known(kind)] == []


def _staff(name: str) -> User:
    user = UserFactory.create(email=f"{name.lower()}@example.org", language="en", is_staff=True)
    user.groups.add(Group.objects.get(name=name))
    give_second_factor(user)
    return user


@pytest.fixture
def writer() -> Client:
    """Somebody who writes and publishes, and is no moderator."""
    return signed_in(_staff("Editors"))


@pytest.fixture
def moderator() -> Client:
    return signed_in(_staff("Moderators"))


def call_that_people_wait_for() -> CallPage:
    call = CallFactory.create()
    DeadlineFactory.create(call=call, kind="submit")
    SubscriptionFactory.create(topic=f"call:{call.pk}")
    InterestFactory.create(call=call)
    return add_call_page(add_calls(), call)


def call_that_is_over() -> CallPage:
    page = call_that_people_wait_for()
    page.call.deadlines.update(due_at=timezone.now() - timedelta(days=3))
    return page


def event_that_people_count_on() -> EventPage:
    page = event_page(EventFactory.create())
    RegistrationFactory.create_batch(2, event=page.event)
    return page


def event_that_is_over() -> EventPage:
    page = event_that_people_count_on()
    past = timezone.now() - timedelta(days=3)
    Event.objects.update(starts_at=past, ends_at=past + timedelta(hours=1))
    return page


def news() -> NewsPage:
    add_news()
    page = NewsPage.objects.get()
    MessageFactory.create(kind="hub/news", about=f"news:{page.pk}", status=Message.Status.SENT, sent_at=timezone.now())
    return page


Maker = Callable[[], Page]
STAYS: list[tuple[Maker, str]] = [
    (call_that_people_wait_for, "Withdraw the call first"),
    (event_that_people_count_on, "Cancel the event first"),
]
MAY_GO: list[tuple[Maker, str]] = [
    (call_that_is_over, "1 person follows it"),
    (call_that_is_over, "1 person takes part in it"),
    (event_that_is_over, "2 people signed up for it"),
    (news, "1 person was told of it by mail"),
    (add_page, "People can read it now"),
]


def ways(page: Page) -> dict[Act, list[str]]:
    """Every address that takes a page away."""
    one, many = "wagtailadmin_pages", f"?id={page.pk}"
    return {
        Act.DELETE: [reverse(f"{one}:delete", args=[page.pk]), _bulk("delete") + many],
        Act.UNPUBLISH: [reverse(f"{one}:unpublish", args=[page.pk]), _bulk("unpublish") + many],
        Act.MOVE: [
            reverse(f"{one}:move_confirm", args=[page.pk, page.get_parent().pk]),
            _bulk("move") + many,
        ],
    }


def _bulk(action: str) -> str:
    return reverse("wagtail_bulk_action", args=["wagtailcore", "page", action])


def _is_live(page: Page) -> bool:
    return Page.objects.filter(pk=page.pk, live=True).exists()


@pytest.mark.parametrize("way", [0, 1], ids=["one", "many"])
@pytest.mark.parametrize("act", [Act.DELETE, Act.UNPUBLISH])
class TestPages:
    @pytest.mark.parametrize(("make", "said"), STAYS)
    def test_what_people_count_on_stays(self, moderator: Client, make: Maker, said: str, act: Act, way: int) -> None:
        page = make()
        url = ways(page)[act][way]
        shown = moderator.get(url, follow=True)
        assert said in shown.content.decode()
        answer = moderator.post(url, follow=True)
        assert said in answer.content.decode()
        assert _is_live(page)

    @pytest.mark.parametrize(("make", "said"), MAY_GO)
    def test_the_rest_goes_after_its_consequence_was_shown(
        self, moderator: Client, make: Maker, said: str, act: Act, way: int
    ) -> None:
        page = make()
        url = ways(page)[act][way]
        assert said in moderator.get(url).content.decode()
        assert moderator.post(url).status_code == 302
        assert not _is_live(page)

    @pytest.mark.parametrize("make", [make for make, _said in MAY_GO[1:]])
    def test_only_moderators_take_away_what_people_can_read(
        self, writer: Client, make: Maker, act: Act, way: int
    ) -> None:
        page = make()
        writer.post(ways(page)[act][way])
        assert _is_live(page)


@pytest.mark.parametrize("way", [0, 1], ids=["one", "many"])
class TestMoving:
    def test_it_says_that_the_address_changes(self, moderator: Client, way: int) -> None:
        page = event_that_people_count_on()
        text = moderator.get(ways(page)[Act.MOVE][way]).content.decode()
        assert "2 people signed up for it" in text
        assert "Its address changes" in text

    def test_it_is_for_moderators(self, writer: Client, way: int) -> None:
        page = add_page()
        other = add_page(title="Elsewhere", slug="elsewhere")
        before = page.path
        url = reverse("wagtailadmin_pages:move_confirm", args=[page.pk, other.pk])
        writer.post(url if way == 0 else f"{_bulk('move')}?id={page.pk}", {"chooser": other.pk})
        page.refresh_from_db()
        assert page.path == before


def test_the_tree_above_goes_no_easier(moderator: Client) -> None:
    page = event_that_people_count_on()
    above = page.get_parent()
    url = reverse("wagtailadmin_pages:delete", args=[above.pk])
    assert "Cancel the event first" in moderator.post(url, follow=True).content.decode()
    moderator.post(reverse("wagtailadmin_pages:unpublish", args=[above.pk]), {"include_descendants": "on"})
    assert _is_live(page)
    assert (
        "where the portal begins"
        in moderator.get(reverse("wagtailadmin_pages:delete", args=[home().pk]), follow=True).content.decode()
    )


def test_the_languages_of_one_event_do_not_go_together(moderator: Client) -> None:
    page = event_that_people_count_on()
    other = event_page(page.event, language="nl")
    assert "It can still be read in: Dutch" in moderator.get(ways(page)[Act.DELETE][0]).content.decode()
    moderator.post(f"{_bulk('unpublish')}?id={page.pk}&id={other.pk}")
    assert _is_live(page)
    assert _is_live(other)
    moderator.post(ways(page)[Act.UNPUBLISH][0])
    assert not _is_live(page)
    moderator.post(ways(other)[Act.UNPUBLISH][0])
    assert _is_live(other)


def test_once_people_were_told_it_may_go(moderator: Client) -> None:
    event, call = event_that_people_count_on(), call_that_people_wait_for()
    moving.call_off(Event.objects.get(), reason={"en": "No."}, by=None)
    deadlines.withdraw(call.call, reason={"en": "No."}, by=None)
    for page in (event, call):
        url = ways(page)[Act.UNPUBLISH][0]
        assert "1 change is on public record" in moderator.get(url).content.decode()
        moderator.post(url)
        assert not _is_live(page)


def test_a_draft_that_nobody_saw_is_its_writers_affair(writer: Client) -> None:
    page = StandardPage(title="Draft", slug="draft", live=False, locale=home().locale)
    home().add_child(instance=page)
    shown = writer.get(ways(page)[Act.DELETE][0])
    assert shown.status_code == 200
    assert "People rely" not in shown.content.decode()
    writer.post(ways(page)[Act.DELETE][0])
    assert not Page.objects.filter(pk=page.pk).exists()


def test_a_page_that_people_could_read_once_is_no_draft(writer: Client, moderator: Client) -> None:
    page = add_page()
    page.unpublish()
    url = ways(page)[Act.DELETE][0]
    writer.post(url)
    assert Page.objects.filter(pk=page.pk).exists()
    moderator.post(url)
    assert not Page.objects.filter(pk=page.pk).exists()


class TestHidingAndExpiring:
    def test_hiding_is_for_moderators(self, writer: Client, moderator: Client) -> None:
        url = reverse("wagtailadmin_pages:set_privacy", args=[add_page().pk])
        assert writer.get(url).status_code in {302, 403}
        assert moderator.get(url).status_code == 200

    @pytest.mark.parametrize(
        ("who", "make", "said"),
        [
            ("Editors", event_that_is_over, "Only moderators"),
            ("Moderators", event_that_people_count_on, "Cancel the event first"),
            ("Moderators", event_that_is_over, ""),
        ],
    )
    def test_a_date_of_expiry_asks_the_same(self, who: str, make: Callable[[], EventPage], said: str) -> None:
        page = make()
        form_class = EventPage.get_edit_handler().get_form_class()
        tomorrow = (timezone.now() + timedelta(days=1)).strftime("%Y-%m-%d %H:%M")
        data = {"title": page.title, "slug": page.slug, "event": page.event_id, "body-count": "0"}
        data["expire_at"] = tomorrow
        form = form_class(data, instance=page, for_user=_staff(who), parent_page=page.get_parent())
        assert said in " ".join(form.errors.get("expire_at", []))
        assert bool(form.errors.get("expire_at")) is bool(said)

    def test_what_people_came_to_count_on_does_not_expire(self) -> None:
        page = event_that_people_count_on()
        Page.objects.filter(pk=page.pk).update(expire_at=timezone.now() - timedelta(minutes=1))
        call_command("publish_scheduled", verbosity=0)
        page.refresh_from_db()
        assert (page.live, page.expire_at) == (True, None)
        moving.call_off(Event.objects.get(), reason={"en": "No."}, by=None)
        Page.objects.filter(pk=page.pk).update(expire_at=timezone.now() - timedelta(minutes=1))
        call_command("publish_scheduled", verbosity=0)
        assert not _is_live(page)


class TestFacts:
    @pytest.mark.parametrize("many", [False, True])
    def test_an_event_that_people_count_on_stays(self, moderator: Client, many: bool) -> None:
        event = RegistrationFactory.create().event
        answer = moderator.post(_of_fact(event, many=many), follow=True)
        assert "Cancel the event first" in answer.content.decode()
        assert Event.objects.exists()

    @pytest.mark.parametrize("many", [False, True])
    def test_a_call_that_people_wait_for_stays(self, moderator: Client, many: bool) -> None:
        call = InterestFactory.create(call=CallFactory.create()).call
        assert (
            "people follow it or take part" in moderator.post(_of_fact(call, many=many), follow=True).content.decode()
        )
        assert Call.objects.exists()

    @pytest.mark.parametrize("many", [False, True])
    def test_a_term_says_who_loses_it(self, moderator: Client, many: bool) -> None:
        term = Term.objects.filter(vocabulary="track").first()
        assert term is not None
        CallFactory.create(tracks=[term.code])
        url = _of_fact(term, many=many)
        assert "These lose it: 1 call" in moderator.get(url).content.decode()
        moderator.post(url)
        assert not Term.objects.filter(pk=term.pk).exists()

    @pytest.mark.parametrize("many", [False, True])
    def test_facts_are_deleted_by_moderators(self, writer: Client, many: bool) -> None:
        event = EventFactory.create()
        writer.post(_of_fact(event, many=many))
        assert Event.objects.filter(pk=event.pk).exists()


def _of_fact(fact: Any, *, many: bool) -> str:
    label = fact._meta.app_label, fact._meta.model_name
    if many:
        return f"{reverse('wagtail_bulk_action', args=[*label, 'delete'])}?id={fact.pk}"
    return reverse(f"wagtailsnippets_{'_'.join(label)}:delete", args=[fact.pk])


def test_the_agenda_itself_may_go_when_it_is_empty(moderator: Client) -> None:
    page = agenda()
    moderator.post(reverse("wagtailadmin_pages:delete", args=[page.pk]))
    assert not Page.objects.filter(pk=page.pk).exists()
