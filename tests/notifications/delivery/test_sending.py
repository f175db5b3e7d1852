import re
import smtplib
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from notifications.delivery import batch, sending
from notifications.delivery.composing import Composer
from notifications.delivery.conversation import answer_of
from notifications.delivery.models import Pause
from notifications.delivery.refusals import Stage
from notifications.delivery.rendering import Renderer
from notifications.outbox import outbox
from notifications.outbox.models import Message
from notifications.subscriptions import topics
from tests.factories.notifications import MessageFactory, SubscriptionFactory
from tests.smtp_sink import Sink

pytestmark = pytest.mark.django_db


def again(message: Message) -> Message:
    message.refresh_from_db()
    return message


def due_now() -> None:
    """Let the waiting time of every retry and every pause be over."""
    Pause.objects.update(until=timezone.now())
    Message.objects.waiting().update(due_at=timezone.now(), leased_until=None)


def test_a_mail_arrives_with_text_html_and_headers(smtp_sink: Sink) -> None:
    message = MessageFactory.create(context={"title": "Häuser & <b>", "confirm_url": "https://x.test/1", "days": 3})
    assert sending.drain() == 1
    (mail,) = smtp_sink.to(message.to_email)
    assert mail["Message-ID"] == message.message_id
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["Content-Language"] == "en"
    assert mail["Date"]
    assert "List-Unsubscribe" not in mail
    text, html = mail.get_body(("plain",)), mail.get_body(("html",))
    assert text is not None
    assert html is not None
    assert "Häuser & <b>" in text.get_content()
    assert "Häuser &amp; &lt;b&gt;" in html.get_content()
    assert again(message).status == Message.Status.SENT
    assert "Häuser & <b>" in message.subject


def test_mails_of_a_batch_share_one_connection(smtp_sink: Sink) -> None:
    MessageFactory.create_batch(5)
    assert sending.drain() == 5
    assert smtp_sink.sessions == 1


@pytest.mark.parametrize("fault", ["421", "451", "452", "rcpt 450", "rcpt 421", "hang", "drop"])
def test_a_transient_answer_is_tried_again_and_holds_up_nobody(smtp_sink: Sink, fault: str) -> None:
    first, second = MessageFactory.create(), MessageFactory.create()
    smtp_sink.faults.append(fault)
    before = timezone.now()
    assert sending.drain() == 1
    assert again(first).status == Message.Status.QUEUED
    assert first.attempts == 1
    assert first.error
    assert first.due_at >= before + timedelta(seconds=59)
    assert again(second).status == Message.Status.SENT
    due_now()
    assert sending.drain() == 1
    assert again(first).status == Message.Status.SENT
    assert first.error == ""
    assert len(smtp_sink.to(first.to_email)) == 1


def test_hanging_up_after_taking_a_mail_gives_a_twin_with_the_same_name(smtp_sink: Sink) -> None:
    message = MessageFactory.create()
    smtp_sink.faults.append("take and drop")
    sending.drain()
    due_now()
    sending.drain()
    mails = smtp_sink.to(message.to_email)
    assert len(mails) == 2
    assert {mail["Message-ID"] for mail in mails} == {message.message_id}


@pytest.mark.parametrize("fault", ["550", "rcpt 550", "554"])
def test_a_permanent_answer_fails_once_and_says_why(smtp_sink: Sink, fault: str) -> None:
    message = MessageFactory.create()
    smtp_sink.faults.append(fault)
    sending.drain()
    due_now()
    sending.drain()
    assert again(message).status == Message.Status.FAILED
    assert message.error.startswith(fault[-3:])
    assert smtp_sink.mails == []


def test_the_ladder_has_an_end(smtp_sink: Sink) -> None:
    message = MessageFactory.create()
    waits = []
    for _attempt in range(batch.MAX_ATTEMPTS):
        smtp_sink.faults.append("451")
        sending.drain()
        waits.append(round((again(message).due_at - timezone.now()).total_seconds() / 60))
        due_now()
    assert waits[:-1] == [1, 5, 15, 60, 240, 720, 720]
    assert message.status == Message.Status.FAILED


def test_a_server_that_is_away_is_no_fault_of_a_mail(smtp_sink: Sink, settings: Any) -> None:
    messages = MessageFactory.create_batch(3)
    port, settings.EMAIL_PORT = settings.EMAIL_PORT, 1
    assert sending.drain() == 0
    for message in messages:
        assert again(message).status == Message.Status.QUEUED
        assert message.attempts == 0
        assert message.error
    settings.EMAIL_PORT = port
    due_now()
    assert sending.drain() == 3


def test_a_mail_that_cannot_be_rendered_fails_alone(smtp_sink: Sink) -> None:
    broken = MessageFactory.create(kind="nothing/here")
    fine = MessageFactory.create()
    assert sending.drain() == 1
    assert again(broken).status == Message.Status.FAILED
    assert "TemplateDoesNotExist" in broken.error
    assert again(fine).status == Message.Status.SENT


def test_what_is_of_no_use_any_more_is_withdrawn(smtp_sink: Sink) -> None:
    message = MessageFactory.create(expires_at=timezone.now() - timedelta(seconds=1))
    assert sending.drain() == 0
    assert again(message).status == Message.Status.WITHDRAWN
    assert message.error


def test_who_stopped_while_it_was_written_gets_nothing(smtp_sink: Sink, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sending, "_checks", [])  # nothing but the stop takes it back
    facts: dict[str, Any] = {"kind": "accounts/mail", "context": {"subject": "News", "text": "There is some."}}
    stopped = MessageFactory.create(**facts, subscription=SubscriptionFactory.create(status="stopped"))
    going_on = MessageFactory.create(**facts, subscription=SubscriptionFactory.create())
    answer = MessageFactory.create(subscription=SubscriptionFactory.create(status="stopped"))
    assert answer.kind.startswith("notifications/")
    assert sending.drain() == 2
    assert again(stopped).status == Message.Status.WITHDRAWN
    assert stopped.error == outbox.STOPPED
    assert again(going_on).status == Message.Status.SENT
    assert again(answer).status == Message.Status.SENT


def test_what_is_not_due_stays(smtp_sink: Sink) -> None:
    MessageFactory.create(due_at=timezone.now() + timedelta(minutes=1))
    assert sending.drain() == 0


def test_who_died_after_claiming_leaves_a_lease_that_runs_out(smtp_sink: Sink) -> None:
    message = MessageFactory.create()
    (claimed,) = sending.claim()
    assert claimed.status == Message.Status.SENDING
    assert sending.drain() == 0
    Message.objects.update(leased_until=timezone.now() - timedelta(seconds=1))
    assert sending.drain() == 1
    assert [mail["Message-ID"] for mail in smtp_sink.mails] == [message.message_id]


@pytest.mark.parametrize(("seconds", "sent"), [(-1, 0), (5, 2)])
def test_who_has_used_up_most_of_the_lease_puts_the_rest_back(
    smtp_sink: Sink, monkeypatch: pytest.MonkeyPatch, seconds: int, sent: int
) -> None:
    """Else the next worker sends it as well."""
    MessageFactory.create_batch(2)
    monkeypatch.setattr(sending, "LEASE", batch.MARGIN + timedelta(seconds=seconds))
    assert sending.send_batch(sending.claim(), Composer(Renderer(now=timezone.now()))) == len(smtp_sink.mails) == sent
    assert Message.objects.filter(status=Message.Status.QUEUED, attempts=0, leased_until=None).count() == 2 - sent


def test_what_is_withdrawn_between_claim_and_sending_does_not_leave(
    smtp_sink: Sink, monkeypatch: pytest.MonkeyPatch
) -> None:
    message = MessageFactory.create()
    monkeypatch.setattr(
        sending, "_checks", [lambda keys: Message.objects.filter(pk__in=keys).update(status="withdrawn")]
    )
    assert sending.drain() == 0
    assert again(message).status == Message.Status.WITHDRAWN


def test_an_account_mail_is_forgotten_once_it_left(smtp_sink: Sink, settings: Any) -> None:
    settings.DEMO = False
    message = MessageFactory.create(kind="accounts/mail", context={"subject": "Your code", "text": "Code: 1234"})
    sending.drain()
    (mail,) = smtp_sink.mails
    text = mail.get_body(("plain",))
    assert text is not None
    assert "1234" in text.get_content()
    assert again(message).context == {}


def test_headers_cannot_be_injected(smtp_sink: Sink) -> None:
    title = "Call\r\nBcc: victim@example.org\r\n\r\nbody"
    MessageFactory.create(context={"title": title, "reply_to": "a@example.org\r\nBcc: v@example.org", "days": 1})
    MessageFactory.create(to_email="x@example.org\r\nBcc: victim@example.org")
    sending.drain()
    (mail,) = smtp_sink.mails
    assert mail["Bcc"] is None
    assert mail["Reply-To"] is None
    assert "victim@example.org" not in smtp_sink.receivers
    assert Message.objects.get(to_email__startswith="x@").status == Message.Status.FAILED


def test_an_answer_goes_where_the_context_says(smtp_sink: Sink) -> None:
    MessageFactory.create(context={"title": "A", "days": 1, "reply_to": "secretariat@example.org"})
    sending.drain()
    assert smtp_sink.mails[0]["Reply-To"] == "secretariat@example.org"


def test_a_calendar_file_keeps_its_method(smtp_sink: Sink) -> None:
    file = {"name": "event.ics", "type": "text/calendar; method=REQUEST; charset=utf-8", "content": "BEGIN:VCALENDAR"}
    MessageFactory.create(attachments=[file])
    sending.drain()
    (part,) = smtp_sink.mails[0].iter_attachments()
    assert part.get_content_type() == "text/calendar"
    assert part.get_param("method") == "REQUEST"
    assert part.get_filename() == "event.ics"


def test_a_followers_mail_can_be_stopped_by_the_mail_program(smtp_sink: Sink, monkeypatch: pytest.MonkeyPatch) -> None:
    def news(identifiers: Any, language: str) -> dict[str, topics.Topic]:
        return {"": topics.Topic(f"News {language}", "/n/")}

    monkeypatch.setitem(topics._resolvers, "news", news)
    subscription = SubscriptionFactory.create(language="fr")
    MessageFactory.create(kind="notifications/already", subscription=subscription, language="fr")
    sending.drain()
    (mail,) = smtp_sink.mails
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert re.fullmatch(r"<http://localhost:8000/fr/\S+>", mail["List-Unsubscribe"].strip())
    body = mail.get_body(("plain",))
    assert body is not None
    assert "News fr" in body.get_content()
    assert mail["Content-Language"] == "fr"


def test_no_answer_is_no_code() -> None:
    gone = answer_of(smtplib.SMTPServerDisconnected("gone"), otherwise=Stage.DATA)
    assert (gone.stage, gone.code, gone.words) == (Stage.DATA, 0, "SMTPServerDisconnected: gone")


@pytest.mark.django_db(transaction=True)
def test_four_at_once_send_each_mail_once(smtp_sink: Sink) -> None:
    MessageFactory.create_batch(120)

    def drain(_number: int) -> int:
        try:
            return sending.drain()
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(drain, range(4))) == 120
    assert len(smtp_sink.mails) == 120
    assert len(set(smtp_sink.receivers)) == 120
