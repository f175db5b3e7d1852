import re
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core import signing
from django.test import Client
from django.utils import timezone

from accounts.public_forms import spam
from accounts.users.models import User
from notifications.delivery import sending
from notifications.delivery.composing import compose
from notifications.delivery.rendering import render
from notifications.following import managing
from notifications.outbox import outbox, suppression
from notifications.outbox.keeping_times import MAILS
from notifications.outbox.models import Message, Suppression
from notifications.subscriptions import topics
from notifications.subscriptions.links import manage_token
from notifications.subscriptions.models import Subscription
from tests.factories.notifications import MessageFactory, SubscriptionFactory
from tests.smtp_sink import Sink

pytestmark = pytest.mark.django_db
ADDRESS = "reader@example.org"


@pytest.fixture(autouse=True)
def known_topics(monkeypatch: pytest.MonkeyPatch) -> None:
    def calls(identifiers: Sequence[str], language: str) -> dict[str, topics.Topic]:
        return {each: topics.Topic(f"Call {each}", f"/en/calls/{each}/", has_deadlines=True) for each in identifiers}

    monkeypatch.setitem(topics._resolvers, "call", calls)
    monkeypatch.setitem(topics._resolvers, "news", lambda found, language: {"": topics.Topic("News", "/en/news/")})


@pytest.fixture
def mine() -> Subscription:
    SubscriptionFactory.create(email=ADDRESS.upper(), topic="news")
    return SubscriptionFactory.create(email=ADDRESS, topic="call:1", offsets=[24])


@pytest.fixture
def base(mine: Subscription) -> str:
    return f"/en/follow/mine/{manage_token(mine)}/"


class TestManaging:
    def test_it_shows_everything_of_this_address_and_nothing_else(self, visitor: Client, base: str) -> None:
        SubscriptionFactory.create(email="other@example.org", topic="call:2")
        page = visitor.get(base).content.decode()
        assert "Call 1" in page
        assert "News" in page
        assert "1 day before" in page
        assert "Call 2" not in page

    def test_looking_changes_nothing(self, visitor: Client, base: str, mine: Subscription) -> None:
        for path in ("", f"{mine.pk}/", f"{mine.pk}/stop/", "stop-all/", "erase/"):
            assert visitor.get(base + path).status_code in {200, 405}
        assert Subscription.objects.active().count() == 2

    def test_language_and_moments_are_changed(self, visitor: Client, base: str, mine: Subscription) -> None:
        for _time in range(2):
            assert visitor.post(f"{base}{mine.pk}/", {"language": "de", "offsets": ["3", "168"]}).status_code == 302
        mine.refresh_from_db()
        assert (mine.language, mine.offsets) == ("de", [168, 3])
        assert visitor.post(f"{base}{mine.pk}/", {"language": "xx"}).status_code == 200

    def test_one_is_stopped_then_all(self, visitor: Client, base: str, mine: Subscription) -> None:
        MessageFactory.create(subscription=mine)
        for _time in range(2):
            assert visitor.post(f"{base}{mine.pk}/stop/").status_code == 302
        assert Message.objects.get().status == Message.Status.WITHDRAWN
        assert Subscription.objects.active().count() == 1
        for _time in range(2):
            assert visitor.post(f"{base}stop-all/").status_code == 302
        assert not Subscription.objects.active().exists()

    def test_nobody_touches_what_others_follow(self, visitor: Client, base: str) -> None:
        other = SubscriptionFactory.create(email="other@example.org", topic="call:2")
        assert visitor.get(f"{base}{other.pk}/").status_code == 404
        assert visitor.post(f"{base}{other.pk}/stop/").status_code == 404

    def test_erasing_leaves_a_count_and_nothing_to_find(self, visitor: Client, base: str, mine: Subscription) -> None:
        MessageFactory.create(subscription=mine, to_email=ADDRESS, context={"name": ADDRESS})
        MessageFactory.create(about=f"subscription:{mine.pk}", to_email=ADDRESS)
        elsewhere = MessageFactory.create(to_email=ADDRESS, kind="events/registered")
        suppression.suppress(ADDRESS, reason="550")
        assert visitor.post(f"{base}erase/").status_code == 302
        assert visitor.post(f"{base}erase/").status_code == 410
        assert not Subscription.objects.exists()
        assert not Suppression.objects.exists()
        kept = Message.objects.exclude(pk=elsewhere.pk)
        assert kept.count() == 2
        assert not kept.exclude(to_email="", context={}, status="withdrawn").exists()

    def test_an_old_link_leads_to_a_new_one(self, visitor: Client, base: str) -> None:
        with time_machine.travel(timezone.now() + timedelta(days=366)):
            answer = visitor.get(base)
            assert answer.status_code == 410
            assert 'name="email"' in answer.content.decode()
            assert visitor.post(f"{base}stop-all/").status_code == 410
        assert Subscription.objects.active().count() == 2

    def test_a_new_link_comes_by_mail_and_the_page_tells_nobody(self, visitor: Client, mine: Subscription) -> None:
        stamp = signing.dumps(int(timezone.now().timestamp()) - 60, salt=spam.SALT)
        answers = [
            visitor.post("/en/follow/mine/", {"email": email, "rendered": stamp})
            for email in (ADDRESS, ADDRESS, "unknown@example.org")
        ]
        assert {(answer.status_code, answer["Location"]) for answer in answers} == {(302, "/en/follow/mine/sent/")}
        link = Message.objects.get().context["manage_link"]
        assert visitor.get(re.sub(r"^https?://[^/]+", "", link)).status_code == 200

    def test_my_page_changes_and_stops_too(self, partner: Client, partner_user: User) -> None:
        row = SubscriptionFactory.create(email=partner_user.email, topic="call:1", offsets=[24])
        page = partner.get("/en/my/").content.decode()
        (stop,) = re.findall(rf'action="(/en/follow/mine/[^"]+/{row.pk}/stop/)"', page)
        assert partner.post(stop)["Location"] == "/en/my/"
        row.refresh_from_db()
        assert row.status == Subscription.Status.STOPPED


class TestSuppression:
    @pytest.mark.parametrize(
        ("fault", "listed"),
        [
            ("rcpt 550", False),
            ("rcpt 550 No such user.", True),
            ("rcpt 553 5.1.3", True),
            ("rcpt 550 5.7.1", False),
            ("rcpt 552 5.2.2", False),
            ("550", False),
            ("550 5.1.1", True),
            ("rcpt 450", False),
        ],
    )
    def test_only_an_address_that_does_not_exist_is_listed(self, smtp_sink: Sink, fault: str, listed: bool) -> None:
        message = MessageFactory.create()
        smtp_sink.faults.append(fault)
        sending.drain()
        assert Suppression.objects.filter(email=message.to_email).exists() is listed

    def test_nothing_more_goes_there_until_it_is_lifted(self, smtp_sink: Sink) -> None:
        suppression.suppress(ADDRESS, reason="550 no such mailbox")
        told = MessageFactory.create(to_email=ADDRESS.title(), kind="hub/news")
        assert sending.drain() == 0
        told.refresh_from_db()
        assert (told.status, told.error) == ("withdrawn", suppression.REASON)
        assert suppression.lift(ADDRESS)
        MessageFactory.create(to_email=ADDRESS)
        assert sending.drain() == 1

    def test_what_was_asked_for_is_tried_once_a_day(self, smtp_sink: Sink) -> None:
        suppression.suppress(ADDRESS, reason="550 no such mailbox")
        MessageFactory.create_batch(3, to_email=ADDRESS)
        assert sending.drain() == 1
        assert Message.objects.filter(status="withdrawn").count() == 2
        Suppression.objects.update(tried_at=timezone.now() - timedelta(days=1, minutes=1))
        MessageFactory.create(to_email=ADDRESS)
        assert sending.drain() == 1

    def test_staff_see_and_lift_it(self, editor: Client, administrator: Client) -> None:
        suppression.suppress(ADDRESS, reason="550 no such mailbox")
        row = Suppression.objects.get()
        path = "/admin/snippets/notifications/suppression/"
        assert "550 no such mailbox" in administrator.get(path).content.decode()
        assert administrator.get(f"{path}lift/{row.pk}/").status_code == 405
        for _time in range(2):
            assert administrator.post(f"{path}lift/{row.pk}/").status_code == 302
        assert not Suppression.objects.exists()


class TestSpeed:
    def test_a_hundred_mails_of_one_kind_ask_little(self, smtp_sink: Sink, django_assert_max_num_queries: Any) -> None:
        for _number in range(100):
            subscription = SubscriptionFactory.create(topic="call:1")
            MessageFactory.create(subscription=subscription, to_email=subscription.email, language="en")
        # The marks of what left, one per mail, go past Django's count.
        with django_assert_max_num_queries(80):
            assert sending.drain() == 100
        assert len({mail["Message-ID"] for mail in smtp_sink.mails}) == 100
        assert len({mail["List-Unsubscribe"] for mail in smtp_sink.mails}) == 100
        assert Message.objects.filter(status="sent", subject__contains="Confirm").count() == 100
        for mail, receiver in zip(smtp_sink.mails, smtp_sink.receivers, strict=True):
            assert mail["To"] == receiver

    def test_mails_filled_into_a_form_equal_those_composed_alone(self, smtp_sink: Sink) -> None:
        for language in ("nl", "fr"):
            subscription = SubscriptionFactory.create(topic="call:1", language=language)
            MessageFactory.create(
                subscription=subscription,
                to_email=subscription.email,
                language=language,
                context={"title": "Größe & <é>", "confirm_url": "https://example.org/1", "days": 3},
            )
        odd = SubscriptionFactory.create(topic="call:1", email="o'brien@example.org")
        MessageFactory.create(subscription=odd, to_email=odd.email)
        sending.drain()
        for message in Message.objects.all():
            alone = compose(message, render(message, now=timezone.now())).message()
            (mail,) = smtp_sink.to(message.to_email)
            assert {**mail, "Date": "", "Content-Type": ""}.keys() == {**alone}.keys()
            assert mail["List-Unsubscribe"].replace(" ", "") == alone["List-Unsubscribe"].replace(" ", "")
            for part in ("plain", "html"):
                body = mail.get_body((part,))
                assert body is not None
                assert "stop-" not in re.sub(r"stop-(now|all)", "", body.get_content()).replace("follow/stop", "")


def test_what_is_old_goes_and_what_waits_stays() -> None:
    old = timezone.now() - MAILS.span - timedelta(days=1)
    for status in ("queued", "failed", "withdrawn"):
        MessageFactory.create(status=status, created_at=old, due_at=old)
    MessageFactory.create(status="sent", sent_at=old, created_at=old, due_at=old)
    fresh = MessageFactory.create(status="failed")
    assert outbox.delete_old() == 3
    assert set(Message.objects.values_list("status", flat=True)) == {"queued", "failed"}
    assert Message.objects.filter(pk=fresh.pk).exists()


def test_a_code_that_is_late_does_not_leave(visitor: Client, partner_user: User) -> None:
    visitor.post("/accounts/login/code/", {"email": partner_user.email})
    code = Message.objects.get(kind="accounts/mail")
    assert code.expires_at is not None
    assert code.expires_at <= timezone.now() + timedelta(minutes=15)


def test_stopping_everything_counts_it(mine: Subscription) -> None:
    assert managing.stop_all(ADDRESS) == 2
    assert managing.stop_all(ADDRESS) == 0


def test_the_button_beside_a_line_has_its_token(mine: Subscription) -> None:
    client = Client(enforce_csrf_checks=True)
    page = client.get(f"/en/follow/mine/{manage_token(mine)}/")
    assert page.content.decode().count("csrfmiddlewaretoken") == 3, "one per line and one to stop them all"
