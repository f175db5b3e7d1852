from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest
import time_machine
from django.core import signing
from django.core.cache import cache
from django.db import connection
from django.test import Client

from accounts.public_forms import spam
from accounts.users.models import User
from notifications.following import subscribing
from notifications.following.welcome import WELCOME
from notifications.outbox.models import Message
from notifications.subscriptions import topics
from notifications.subscriptions.links import confirm_token, manage_token, stop_token
from notifications.subscriptions.models import Subscription
from tests.factories.notifications import MessageFactory, SubscriptionFactory

FOLLOW = "/en/follow/?topic=call:12"
ADDRESS = "reader@example.org"


@pytest.fixture(autouse=True)
def topic(monkeypatch: pytest.MonkeyPatch) -> None:
    """One call that can be followed, and no memory of earlier visitors."""

    def resolve(identifiers: Sequence[str], language: str) -> dict[str, topics.Topic]:
        twelve = topics.Topic(f"Call twelve ({language})", "/en/calls/twelve/", has_deadlines=True)
        return {"12": twelve} if "12" in identifiers else {}

    monkeypatch.setitem(topics._resolvers, "call", resolve)
    cache.clear()


@pytest.fixture
def fill() -> Callable[..., dict[str, Any]]:
    """The form as a person sends it, a while after it was shown."""

    def answers(**changes: Any) -> dict[str, Any]:
        stamp = signing.dumps(int(datetime.now(UTC).timestamp()) - 60, salt=spam.SALT)
        given = {"email": ADDRESS, "language": "fr", "offsets": ["720", "24"], "consent": "on", "rendered": stamp}
        return given | changes

    return answers


def ask(**changes: Any) -> Subscription:
    facts: dict[str, Any] = {
        "email": ADDRESS,
        "topic": "call:12",
        "language": "en",
        "offsets": [720, 168, 24],
        "wording": "I want mails.",
    }
    return subscribing.ask(**(facts | changes))


def link(message: Message) -> str:
    return urlsplit(message.context["confirm_url"]).path


@pytest.mark.django_db
class TestAsking:
    def test_the_page_knows_the_topic_and_the_usual_choice(self, visitor: Client) -> None:
        page = visitor.get(FOLLOW).content.decode()
        assert "Call twelve (en)" in page
        assert page.count("checked") == 3

    @pytest.mark.parametrize("key", ["", "call:13", "nothing", "call:" + "1" * 200, "call:%00", "🙂"])
    def test_an_unknown_topic_is_not_found(self, visitor: Client, key: str) -> None:
        assert visitor.get(f"/en/follow/?topic={key}").status_code == 404

    def test_asking_sends_one_mail_and_promises_nothing(self, visitor: Client, fill: Callable[..., Any]) -> None:
        for _time in range(2):
            assert visitor.post(FOLLOW, fill(email=" Reader@Example.org ")).status_code == 302
        subscription = Subscription.objects.get()
        assert subscription.email == ADDRESS
        assert subscription.status == Subscription.Status.PENDING
        assert (subscription.language, subscription.offsets) == ("fr", [720, 24])
        assert "Call twelve (en)" in subscription.consent_wording
        assert Message.objects.get().language == "fr"

    def test_the_answer_is_the_same_for_one_who_follows_already(
        self, visitor: Client, fill: Callable[..., Any]
    ) -> None:
        SubscriptionFactory.create(email=ADDRESS, topic="call:12", offsets=[24])
        known, unknown = visitor.post(FOLLOW, fill()), visitor.post(FOLLOW, fill(email="new@example.org"))
        assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])
        assert Message.objects.get(to_email=ADDRESS).kind == subscribing.ALREADY
        assert Subscription.objects.get(email=ADDRESS).offsets == [24]

    @pytest.mark.parametrize(
        "changes", [{"consent": ""}, {"email": "no"}, {"language": "xx"}, {"offsets": ["5"]}, {"website": "x"}]
    )
    def test_a_wrong_answer_is_told_and_kept(
        self, visitor: Client, fill: Callable[..., Any], changes: dict[str, Any]
    ) -> None:
        answer = visitor.post(FOLLOW, fill(**changes))
        assert answer.status_code == 200
        assert not Subscription.objects.exists()

    def test_who_is_signed_in_under_that_address_follows_at_once(
        self, partner: Client, partner_user: User, fill: Callable[..., Any]
    ) -> None:
        partner.post(FOLLOW, fill(email="Partner@example.org"))
        subscription = Subscription.objects.get()
        assert subscription.status == Subscription.Status.ACTIVE
        assert subscription.user == partner_user
        assert not Message.objects.exclude(kind=WELCOME).exists()

    def test_who_is_signed_in_cannot_sign_up_somebody_else(self, partner: Client, fill: Callable[..., Any]) -> None:
        partner.post(FOLLOW, fill())
        assert Subscription.objects.get().status == Subscription.Status.PENDING

    def test_the_same_wish_again_is_no_second_mail(self, visitor: Client, fill: Callable[..., Any]) -> None:
        answers = [visitor.post(FOLLOW, fill()).status_code for _time in range(12)]
        assert answers == [302] * 12
        assert Message.objects.count() == 1


@pytest.mark.django_db
class TestWishes:
    """Something that an app makes only once somebody asks to follow it."""

    @pytest.fixture(autouse=True)
    def made(self, monkeypatch: pytest.MonkeyPatch) -> list[str]:
        asked: list[str] = []

        def make(wish: str) -> str | None:
            asked.append(wish)
            return "7" if wish != "nothing" else None

        def name(wishes: Sequence[str], language: str) -> dict[str, topics.Topic]:
            return {wish: topics.Topic(f"Wish {wish}"[:50], "/") for wish in wishes}

        monkeypatch.setitem(topics._resolvers, "wish", name)
        monkeypatch.setitem(topics._makers, "wish", make)
        return asked

    def test_looking_makes_nothing(self, visitor: Client, made: list[str]) -> None:
        assert "Wish q=a" in visitor.get("/en/follow/?topic=wish:q%3Da").content.decode()
        assert made == []

    def test_asking_follows_what_was_made(self, visitor: Client, fill: Callable[..., Any], made: list[str]) -> None:
        assert visitor.post("/en/follow/?topic=wish:" + "a" * 1_000, fill()).status_code == 302
        assert Subscription.objects.get().topic == "wish:7"
        assert made == ["a" * 1_000]

    def test_a_form_with_mistakes_makes_nothing(
        self, visitor: Client, fill: Callable[..., Any], made: list[str]
    ) -> None:
        visitor.post("/en/follow/?topic=wish:a", fill(consent=""))
        assert made == []

    @pytest.mark.parametrize("wish", ["nothing", "a" * 1_300])
    def test_what_comes_to_nothing_is_not_found(self, visitor: Client, fill: Callable[..., Any], wish: str) -> None:
        assert visitor.post(f"/en/follow/?topic=wish:{wish}", fill()).status_code == 404
        assert not Subscription.objects.exists()


@pytest.mark.django_db
class TestConfirming:
    def test_looking_at_the_link_writes_nothing(self, visitor: Client) -> None:
        ask()
        assert visitor.get(link(Message.objects.get())).status_code == 200
        assert Subscription.objects.get().status == Subscription.Status.PENDING

    def test_pressing_the_button_does_it_and_twice_is_harmless(self, visitor: Client) -> None:
        ask()
        path = link(Message.objects.get())
        assert visitor.post(path).status_code == 200
        confirmed = Subscription.objects.get()
        assert confirmed.status == Subscription.Status.ACTIVE
        assert visitor.post(path).status_code == 200
        assert Subscription.objects.get().confirmed_at == confirmed.confirmed_at

    def test_a_link_that_was_used_shows_what_is_followed(self, visitor: Client) -> None:
        ask()
        path = link(Message.objects.get())
        visitor.post(path)
        again = visitor.get(path)
        assert "notifications/confirmed.html" in [each.name for each in again.templates]
        assert manage_token(Subscription.objects.get()).split(".")[0] in again.content.decode()

    def test_a_used_link_does_not_start_again_what_was_stopped(self, visitor: Client) -> None:
        ask()
        path = link(Message.objects.get())
        visitor.post(path)
        subscribing.stop(Subscription.objects.get())
        assert visitor.post(path).status_code == 410
        ask()
        assert visitor.post(path).status_code == 410
        assert Subscription.objects.get().status == Subscription.Status.PENDING

    def test_a_link_is_good_for_three_days(self, visitor: Client) -> None:
        path = f"/en/follow/confirm/{confirm_token(ask(), language='en', offsets=[24])}/"
        with time_machine.travel(datetime.now(UTC) + timedelta(days=3, minutes=1)):
            assert visitor.get(path).status_code == 410
            assert visitor.post(path).status_code == 410
        assert visitor.post(path).status_code == 200

    def test_a_forged_link_is_refused(self, visitor: Client) -> None:
        assert visitor.post("/en/follow/confirm/forged/").status_code == 410
        assert visitor.get("/en/follow/stop/forged/").status_code == 404
        assert visitor.post("/en/follow/stop-now/forged/").status_code == 404

    def test_another_choice_counts_once_the_mailbox_says_so(self, visitor: Client) -> None:
        SubscriptionFactory.create(email=ADDRESS, topic="call:12", offsets=[24])
        ask(offsets=[3, 168], language="de")
        message = Message.objects.get()
        assert message.kind == subscribing.ALREADY
        visitor.post(link(message))
        changed = Subscription.objects.get()
        assert (changed.offsets, changed.language) == ([168, 3], "de")


@pytest.mark.django_db
class TestAskingAnew:
    """The quiet after a mail is about that mail's own wish, and ends with it."""

    def test_who_stopped_a_minute_ago_gets_a_link_that_works(self, visitor: Client) -> None:
        ask()
        visitor.post(link(Message.objects.get()))
        subscribing.stop(Subscription.objects.get())
        ask()
        latest = Message.objects.latest("pk")
        assert Message.objects.filter(kind=subscribing.CONFIRM).count() == 2
        assert visitor.post(link(latest)).status_code == 200
        assert Subscription.objects.get().status == Subscription.Status.ACTIVE

    def test_a_correction_before_it_is_confirmed_is_what_the_new_link_confirms(self, visitor: Client) -> None:
        ask(offsets=[720], language="en")
        ask(offsets=[24], language="de")
        assert Message.objects.count() == 2
        visitor.post(link(Message.objects.latest("pk")))
        corrected = Subscription.objects.get()
        assert (corrected.offsets, corrected.language) == ([24], "de")

    def test_back_to_the_first_wish_is_quiet_while_its_link_works(self) -> None:
        for offsets in ([720], [24], [720], [24]):
            ask(offsets=offsets)
        assert Message.objects.count() == 2

    def test_who_follows_and_corrects_twice_within_a_day_is_heard_twice(self, visitor: Client) -> None:
        SubscriptionFactory.create(email=ADDRESS, topic="call:12", language="en", offsets=[24])
        for offsets in ([168], [24], [168]):
            ask(offsets=offsets)
            visitor.post(link(Message.objects.latest("pk")))
            assert Subscription.objects.get().offsets == offsets
        assert Message.objects.count() == 3

    @pytest.mark.parametrize("status", [Message.Status.FAILED, Message.Status.WITHDRAWN])
    def test_a_mail_that_never_left_does_not_make_the_next_one_needless(self, status: str) -> None:
        ask()
        Message.objects.update(status=status)
        ask()
        assert Message.objects.count() == 2


@pytest.mark.django_db
class TestStopping:
    def test_looking_stops_nothing(self, visitor: Client) -> None:
        subscription = SubscriptionFactory.create(topic="call:12")
        token = stop_token(subscription)
        assert visitor.get(f"/en/follow/stop/{token}/").status_code == 200
        assert visitor.get(f"/en/follow/stop-now/{token}/").status_code == 302
        subscription.refresh_from_db()
        assert subscription.status == Subscription.Status.ACTIVE

    def test_the_link_of_what_is_stopped_says_so(self, visitor: Client) -> None:
        subscription = SubscriptionFactory.create(topic="call:12")
        subscribing.stop(subscription)
        page = visitor.get(f"/en/follow/stop/{stop_token(subscription)}/")
        assert "notifications/stopped.html" in [each.name for each in page.templates]

    def test_the_button_stops_and_takes_back_what_waits(self) -> None:
        subscription = SubscriptionFactory.create(topic="call:12")
        MessageFactory.create(subscription=subscription)
        client = Client(enforce_csrf_checks=True)
        path = f"/en/follow/stop/{stop_token(subscription)}/"
        assert client.post(path).status_code == 403
        page = client.get(path)
        token = page.cookies[next(iter(page.cookies))].value
        assert client.post(path, {"csrfmiddlewaretoken": token}).status_code == 200
        subscription.refresh_from_db()
        assert subscription.status == Subscription.Status.STOPPED
        assert Message.objects.get().status == Message.Status.WITHDRAWN

    def test_a_mail_program_stops_without_cookie(self) -> None:
        subscription = SubscriptionFactory.create(topic="call:12")
        client = Client(enforce_csrf_checks=True)
        path = f"/en/follow/stop-now/{stop_token(subscription)}/"
        for _time in range(2):
            answer = client.post(path, {"List-Unsubscribe": "One-Click"})
            assert answer.status_code == 200
            assert not answer.cookies
        subscription.refresh_from_db()
        assert subscription.status == Subscription.Status.STOPPED


@pytest.mark.django_db(transaction=True)
def test_the_form_twenty_times_at_once_is_one_row_and_one_mail() -> None:
    def attempt(number: int) -> None:
        try:
            ask(email=ADDRESS.upper() if number % 2 else ADDRESS)
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(attempt, range(20)))
    assert Subscription.objects.count() == 1
    assert Message.objects.count() == 1


@pytest.mark.django_db
def test_my_page_shows_what_i_follow(partner: Client) -> None:
    SubscriptionFactory.create(email="partner@example.org", topic="call:12", offsets=[24])
    page = partner.get("/en/my/").content.decode()
    assert "Call twelve (en)" in page
    assert "1 day before" in page
