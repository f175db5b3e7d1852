"""Whatever is wrong with one mail, it fails by itself, with its reason, and every other mail leaves."""

import smtplib
from typing import Any

import pytest
from django.db import OperationalError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from notifications.delivery import sending
from notifications.delivery.models import Pause
from notifications.outbox.models import Message
from tests.factories.notifications import MessageFactory, SubscriptionFactory
from tests.smtp_sink import Sink

# What PostgreSQL takes as text: everything but zero bytes and halves of characters.
TEXT = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=40)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=6,
)
SET = JSON.filter(lambda value: value is not None)
ATTACHMENT = st.fixed_dictionaries({}, optional={"name": JSON, "type": JSON, "content": JSON})
ADDRESSES = [
    "fine@example.org",
    "",
    "@",
    "x@",
    "no at sign",
    "x@example.org\r\nBcc: v@example.org",
    "jürgen@example.org",
    "<x@y.example>",
    "a@b.example, c@d.example",
    "x" * 240 + "@y.example",
    "x@münchen.example",
    "x@ex..ample",
    '"a b"@y.example',
]
KINDS = ["notifications/confirm", "hub/news", "nothing/here", "../../etc/passwd", "", "accounts/mail"]
KEYS = ["title", "reply_to", "days", "subject", "confirm_url"]
NASTY = st.fixed_dictionaries(
    {
        "to_email": st.sampled_from(ADDRESSES),
        "kind": st.sampled_from(KINDS),
        "language": st.sampled_from(["nl", "en", "xx", "", "zh-tw"]),
        "context": SET | st.dictionaries(st.sampled_from(KEYS), JSON),
        "attachments": SET | st.lists(ATTACHMENT, min_size=1, max_size=2),
    }
)


@pytest.mark.usefixtures("smtp_sink")
class TestNastyRows(TestCase):
    """Rows as no code of ours would write them, in front of and behind a good one."""

    sink: Sink

    @pytest.fixture(autouse=True)
    def _sink(self, smtp_sink: Sink) -> None:
        self.sink = smtp_sink

    @settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
    @given(nasty=st.lists(NASTY, min_size=1, max_size=4), followed=st.booleans())
    def test_the_others_leave(self, nasty: list[dict[str, Any]], followed: bool) -> None:
        self.sink.reset()
        subscription = SubscriptionFactory.create(topic="odd:\u2028") if followed else None
        bad = [MessageFactory.create(**each, subscription=subscription) for each in nasty]
        good = MessageFactory.create_batch(2)
        sending.drain()
        assert {Message.objects.get(pk=each.pk).status for each in good} == {"sent"}
        assert len([mail for each in good for mail in self.sink.to(each.to_email)]) == 2
        for each in bad:
            each.refresh_from_db()
            assert each.status in {"sent", "failed", "withdrawn"}
            assert bool(each.error) == (each.status != "sent")
        assert "v@example.org" not in self.sink.receivers
        assert not Pause.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("broken", "reason"),
    [
        ({"to_email": ""}, "receiver"),
        ({"kind": "nothing/here"}, "TemplateDoesNotExist"),
        ({"attachments": [{"name": "a.ics"}]}, "KeyError"),
        ({"attachments": 7}, "TypeError"),
        ({"to_email": "x@example.org\r\nBcc: victim@example.org"}, "BadHeaderError"),
    ],
)
def test_the_reason_is_told(smtp_sink: Sink, broken: dict[str, Any], reason: str) -> None:
    message, fine = MessageFactory.create(**broken), MessageFactory.create()
    assert sending.drain() == 1
    message.refresh_from_db()
    assert message.status == Message.Status.FAILED
    assert message.attempts == 1
    assert reason in message.error
    assert [mail["Message-ID"] for mail in smtp_sink.mails] == [fine.message_id]


@pytest.mark.django_db
def test_a_check_that_stumbles_over_one_mail_loses_that_one(smtp_sink: Sink, monkeypatch: pytest.MonkeyPatch) -> None:
    bad, good = MessageFactory.create(about="deadline:seven"), MessageFactory.create(about="deadline:7")

    def check(keys: Any) -> None:
        for about in Message.objects.filter(pk__in=keys).values_list("about", flat=True):
            int(about.partition(":")[2])

    monkeypatch.setattr(sending, "_checks", [check])
    assert sending.drain() == 1
    bad.refresh_from_db()
    good.refresh_from_db()
    assert (bad.status, good.status) == ("failed", "sent")
    assert "invalid literal" in bad.error


@pytest.mark.django_db
def test_the_connection_is_not_left_in_the_middle_of_a_mail(smtp_sink: Sink, monkeypatch: pytest.MonkeyPatch) -> None:
    """An error between MAIL FROM and DATA: the next mail must not be read as part of this one."""
    bad, good = MessageFactory.create(to_email="bad@example.org"), MessageFactory.create()
    original = smtplib.SMTP.rcpt

    def rcpt(self: smtplib.SMTP, recipient: str, options: Any = ()) -> Any:
        if recipient == bad.to_email:
            raise UnicodeEncodeError("ascii", "ü", 0, 1, "ordinal not in range")
        return original(self, recipient, options)

    monkeypatch.setattr(smtplib.SMTP, "rcpt", rcpt)
    assert sending.drain() == 1
    assert Message.objects.get(pk=bad.pk).status == "failed"
    assert Message.objects.get(pk=good.pk).status == "sent"


@pytest.mark.django_db
def test_a_server_without_the_alphabet_of_an_address_fails_that_mail(
    smtp_sink: Sink, monkeypatch: pytest.MonkeyPatch
) -> None:
    strange, fine = MessageFactory.create(to_email="strange@example.org"), MessageFactory.create()
    original = smtplib.SMTP.mail

    def mail(self: smtplib.SMTP, sender: str, options: Any = ()) -> Any:
        if not told:
            told.append(sender)
            raise smtplib.SMTPNotSupportedError("SMTPUTF8 not supported by server")
        return original(self, sender, options)

    told: list[str] = []
    monkeypatch.setattr(smtplib.SMTP, "mail", mail)
    assert sending.drain() == 1
    strange.refresh_from_db()
    fine.refresh_from_db()
    assert (strange.status, fine.status) == ("failed", "sent")
    assert "SMTPUTF8" in strange.error
    assert not Pause.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("error", [MemoryError(), OperationalError("the connection is lost")])
def test_what_is_no_mails_fault_fails_none(smtp_sink: Sink, monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    message = MessageFactory.create()

    def compose(*_given: Any, **_options: Any) -> None:
        raise error

    monkeypatch.setattr("notifications.delivery.composing.Composer.compose", compose)
    with pytest.raises(type(error)):
        sending.drain()
    message.refresh_from_db()
    assert message.status == Message.Status.QUEUED
    assert message.attempts == 0
