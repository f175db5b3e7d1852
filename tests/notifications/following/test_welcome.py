"""One mail welcomes who starts to follow, says the dates ahead, and how to change or stop it."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from email.message import EmailMessage
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.test import Client

from accounts.users.models import User
from notifications.delivery import sending
from notifications.following import subscribing
from notifications.following.welcome import WELCOME
from notifications.outbox.models import Message
from notifications.subscriptions import dates, topics
from notifications.subscriptions.dates import Coming, ComingDate
from notifications.subscriptions.links import confirm_token
from notifications.subscriptions.models import Subscription
from tests.factories.notifications import SubscriptionFactory
from tests.smtp_sink import Sink

pytestmark = pytest.mark.django_db

ADDRESS = "reader@example.org"
INFO = ComingDate("Info meeting", datetime(2027, 3, 4, 9, tzinfo=UTC), has_time=True, left="12 days left")
DECLARE = ComingDate("Declare", datetime(2027, 4, 1, tzinfo=UTC), has_time=False, left="")


@pytest.fixture(autouse=True)
def ahead(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """A thing with dates and one without; what the first has ahead can be changed."""
    known: dict[str, Any] = {"titles": {"12": "Twelve"}, "coming": Coming([INFO, DECLARE], "BEGIN:VCALENDAR 1")}

    def dated(identifiers: Sequence[str], language: str) -> dict[str, topics.Topic]:
        return {
            key: topics.Topic(f"{title} ({language})", "/en/twelve/", has_deadlines=True)
            for key, title in known["titles"].items()
            if key in identifiers
        }

    monkeypatch.setitem(topics._resolvers, "dated", dated)
    monkeypatch.setitem(dates._sources, "dated", lambda identifier, language: known["coming"])
    monkeypatch.setitem(topics._resolvers, "plain", lambda keys, language: {"1": topics.Topic("Plain", "/en/plain/")})
    return known


def follow(topic: str = "dated:12", *, language: str = "en", by: User | None = None) -> Subscription:
    """As the form asks it, and the button in the mailbox confirms it."""
    wish: dict[str, Any] = {"topic": topic, "language": language, "offsets": [168, 24], "wording": "Yes."}
    subscription = subscribing.ask(email=by.email if by else ADDRESS, by=by, **wish)
    if by is None:
        token = confirm_token(subscription, language=language, offsets=[168, 24])
        assert subscribing.confirm(token)
    subscription.refresh_from_db()
    return subscription


def welcomes() -> list[Message]:
    return list(Message.objects.filter(kind=WELCOME).order_by("pk"))


@pytest.fixture
def sent(smtp_sink: Sink) -> Callable[[], list[EmailMessage]]:
    """What left of it by now."""

    def arrived() -> list[EmailMessage]:
        sending.drain()
        return [each for each in smtp_sink.to(ADDRESS) if each["Subject"].startswith("You follow")]

    return arrived


def words(letter: EmailMessage, kind: str = "plain") -> str:
    part = letter.get_body((kind,))
    assert part is not None
    return str(part.get_content())


def test_who_confirms_gets_one_mail_however_often_the_button_is_pressed() -> None:
    subscription = subscribing.ask(email=ADDRESS, topic="dated:12", language="en", offsets=[24], wording="Yes.")
    assert welcomes() == []
    token = confirm_token(subscription, language="en", offsets=[24])
    for _time in range(3):
        assert subscribing.confirm(token)
    (message,) = welcomes()
    assert (message.to_email, message.subscription) == (ADDRESS, subscription)


def test_who_is_signed_in_gets_it_too(partner_user: User) -> None:
    follow(by=partner_user)
    follow(by=partner_user)
    assert [each.to_email for each in welcomes()] == [partner_user.email]


def test_other_choices_are_no_new_welcome() -> None:
    subscription = follow()
    subscribing.ask(email=ADDRESS, topic="dated:12", language="de", offsets=[24], wording="Yes.")
    assert subscribing.confirm(confirm_token(subscription, language="de", offsets=[24]))
    assert len(welcomes()) == 1


def test_who_stopped_and_comes_back_is_welcomed_again() -> None:
    subscribing.stop(follow())
    follow()
    assert [each.status for each in welcomes()] == [Message.Status.WITHDRAWN, Message.Status.QUEUED]


def test_it_says_the_dates_and_has_them_as_a_file(sent: Callable[[], list[EmailMessage]]) -> None:
    follow()
    (letter,) = sent()
    assert letter["Subject"] == "You follow “Twelve (en)”"
    for text in (words(letter), words(letter, "html")):
        assert "Info meeting" in text
        assert "Thursday 4 March 2027, 10:00 (Brussels)" in text
        assert "12 days left" in text
        assert "7 days before" in text
        assert "/en/twelve/" in text
    (file,) = letter.iter_attachments()
    assert file.get_filename() == "dates.ics"
    assert (file.get_content_type(), file.get_param("method")) == ("text/calendar", "PUBLISH")
    assert "BEGIN:VCALENDAR 1" in file.get_content()


def test_it_has_the_links_that_change_and_stop_it(sent: Callable[[], list[EmailMessage]]) -> None:
    subscription = follow()
    (letter,) = sent()
    found = [word for word in words(letter).split() if "/follow/" in word]
    assert len(found) == 2
    visitor = Client()
    assert [visitor.get(urlsplit(each).path).status_code for each in found] == [200, 200]
    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    one_click = urlsplit(letter["List-Unsubscribe"].strip(" <>")).path
    assert visitor.post(one_click, {"List-Unsubscribe": "One-Click"}).status_code == 200
    subscription.refresh_from_db()
    assert subscription.status == Subscription.Status.STOPPED


@pytest.mark.parametrize("topic", ["dated:12", "plain:1"])
def test_what_has_no_dates_ahead_promises_none(
    sent: Callable[[], list[EmailMessage]], topic: str, ahead: dict[str, Any]
) -> None:
    ahead["coming"] = None
    follow(topic)
    (letter,) = sent()
    assert list(letter.iter_attachments()) == []
    assert "The dates ahead" not in words(letter) + words(letter, "html")
    assert ("before each deadline" in words(letter)) == (topic == "dated:12")


def test_dates_that_change_while_it_waits_go_into_the_file(
    sent: Callable[[], list[EmailMessage]], ahead: dict[str, Any]
) -> None:
    follow()
    ahead["coming"] = Coming([DECLARE], "BEGIN:VCALENDAR 2")
    (letter,) = sent()
    assert "Info meeting" not in words(letter)
    (file,) = letter.iter_attachments()
    assert "BEGIN:VCALENDAR 2" in file.get_content()
    assert len(sent()) == 1


def test_of_what_is_gone_nothing_is_told(sent: Callable[[], list[EmailMessage]], ahead: dict[str, Any]) -> None:
    follow()
    ahead["titles"] = {}
    assert sent() == []
    assert [each.status for each in welcomes()] == [Message.Status.WITHDRAWN]


def test_who_stops_before_it_left_does_not_get_it(sent: Callable[[], list[EmailMessage]]) -> None:
    subscribing.stop(follow())
    assert sent() == []


def test_those_who_followed_before_are_not_welcomed_now() -> None:
    SubscriptionFactory.create(email=ADDRESS, topic="dated:12", offsets=[24])
    subscribing.ask(email=ADDRESS, topic="dated:12", language="en", offsets=[24], wording="Yes.")
    assert welcomes() == []
