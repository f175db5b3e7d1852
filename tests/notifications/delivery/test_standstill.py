"""What a refusal does to the mail that was refused, to the mail behind it, and how it all goes on."""

import smtplib
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.personal_data.emails import LAST
from nccsi.health import heartbeat
from notifications.delivery import pauses, sending
from notifications.delivery.keeping_times import REFUSING_DOMAINS
from notifications.delivery.models import Pause
from notifications.outbox.models import Message, Suppression
from tests.factories.notifications import MessageFactory
from tests.smtp_sink import Sink

pytestmark = pytest.mark.django_db

BLOCKED = "554 5.7.1 Service unavailable; Client host [192.0.2.1] blocked using zen.spamhaus.org"
Status = Message.Status


def to(*addresses: str) -> list[Message]:
    return [MessageFactory.create(to_email=address) for address in addresses]


def statuses(mails: list[Message]) -> list[str]:
    for mail in mails:
        mail.refresh_from_db()
    return [mail.status for mail in mails]


def wait_over() -> None:
    """Let each pause be over."""
    Pause.objects.update(until=timezone.now() - timedelta(seconds=1))
    Message.objects.waiting().update(due_at=timezone.now() - timedelta(seconds=1))


def at(domain: str, answer: str) -> Callable[[str], str]:
    """Answer so to the mail for one domain only."""
    return lambda address: answer if address.endswith(f"@{domain}") else ""


@pytest.mark.parametrize(
    ("stage", "answer"),
    [
        ("greeting", "554 5.7.1 Go away, see the block list"),
        ("EHLO", "550 5.7.506 Access Denied, Bad HELO"),
        ("AUTH", "535 5.7.3 Authentication unsuccessful"),
        ("MAIL", "530 5.7.57 Client not authenticated to send mail"),
        ("MAIL", "550 5.7.1 Sender address rejected: Access denied"),
        ("RCPT", "550 relay not permitted"),
        ("RCPT", "550 5.1.90 You've reached your daily limit for message recipients"),
        ("DATA", "550 5.1.8 Access denied, bad outbound sender"),
        ("DATA", "550 5.4.5 Daily user sending limit exceeded"),
    ],
)
def test_who_refuses_us_stops_all_mail_and_gets_it_later(
    smtp_sink: Sink, settings: Any, stage: str, answer: str
) -> None:
    if stage == "AUTH":
        settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD = "portal", "a password"
    mails = to("a@one.example", "b@two.example", "c@three.example")
    tried: list[str] = []

    def refuse(address: str) -> str:
        tried.append(address)
        return answer

    smtp_sink.says[stage] = refuse
    assert sending.drain() == 0
    assert statuses(mails) == [Status.QUEUED] * 3
    assert {mail.attempts for mail in mails} == {0}
    assert all(mail.error.startswith(answer[:3]) for mail in mails)
    assert not Suppression.objects.exists()
    pause = Pause.objects.get(domain="")
    assert pause.fault == Pause.Fault.REFUSED
    asked = len(tried)
    assert asked <= {"EHLO": 2, "AUTH": 3}.get(stage, 1), "each greeting and each way of signing in once"
    assert sending.drain() == 0
    assert len(tried) == asked, "nobody asks while the pause lasts"
    smtp_sink.says.clear()
    wait_over()
    assert sending.drain() == 3
    assert not Pause.objects.filter(domain="").exists()
    assert sorted(smtp_sink.receivers) == ["a@one.example", "b@two.example", "c@three.example"]
    assert statuses(mails) == [Status.SENT] * 3


def test_pauses_grow_and_have_an_end(smtp_sink: Sink) -> None:
    mails = to("a@one.example", "b@two.example")
    smtp_sink.says["MAIL"] = "550 No"
    waits = []
    for _time in range(7):
        sending.drain()
        waits.append(round((Pause.objects.get(domain="").until - timezone.now()).total_seconds() / 60))
        wait_over()
    assert waits == [1, 5, 15, 30, 60, 60, 60]
    assert statuses(mails) == [Status.QUEUED] * 2
    assert {mail.attempts for mail in mails} == {0}


def test_one_mail_is_tried_after_a_pause(smtp_sink: Sink) -> None:
    to(*(f"a{number}@{number}.example" for number in range(20)))
    smtp_sink.says["MAIL"] = "550 No"
    sending.drain()
    wait_over()
    asked: list[str] = []
    smtp_sink.says["MAIL"] = lambda address: asked.append(address) or "550 No"  # type: ignore[func-returns-value]
    sending.drain()
    sending.drain()
    assert len(asked) == 1


def test_only_one_worker_has_the_turn() -> None:
    pauses.shut_out(domain="one.example", reason="550 No", trying=False)
    assert not pauses.take_turn()
    wait_over()
    assert [pauses.take_turn(), pauses.take_turn()] == [True, False]
    pauses.give_turn_back()
    assert pauses.take_turn()


@pytest.mark.parametrize("stage", ["RCPT", "DATA"])
def test_one_domain_that_refuses_us_holds_up_only_its_own_mail(smtp_sink: Sink, stage: str) -> None:
    first, _other, second = mails = to("a@Strict.example", "b@two.example", "c@strict.example")
    smtp_sink.says[stage] = lambda address: BLOCKED if address.lower().endswith("@strict.example") else ""
    assert sending.drain() == 1
    assert statuses(mails) == [Status.QUEUED, Status.SENT, Status.QUEUED]
    assert first.error == second.error
    assert "spamhaus" in first.error
    assert first.attempts == second.attempts == 0
    assert [pause.domain for pause in Pause.objects.all()] == ["strict.example"]
    late = to("d@two.example", "e@strict.example")
    assert sending.drain() == 1
    assert statuses(late) == [Status.SENT, Status.QUEUED]
    smtp_sink.says.clear()
    wait_over()
    assert sending.drain() == 3
    assert not Pause.objects.exists()


def test_two_domains_that_refuse_us_in_a_row_stop_everything(smtp_sink: Sink) -> None:
    mails = to("a@one.example", "b@two.example", "c@three.example")
    smtp_sink.says["RCPT"] = BLOCKED
    assert sending.drain() == 0
    assert {pause.domain for pause in Pause.objects.all()} == {"", "one.example", "two.example"}
    assert statuses(mails) == [Status.QUEUED] * 3
    smtp_sink.says.clear()
    Pause.objects.filter(domain="").update(until=timezone.now() - timedelta(seconds=1))
    assert sending.drain() == 3, "the third domain was tried, and with it the others are asked anew"


def test_a_domain_whose_pause_is_over_does_not_count_with_the_next_one(smtp_sink: Sink) -> None:
    (withdrawn,) = to("a@one.example")
    smtp_sink.says["RCPT"] = BLOCKED
    assert sending.drain() == 0
    withdrawn.delete()
    wait_over()
    to("b@two.example")
    assert sending.drain() == 0
    assert {pause.domain for pause in Pause.objects.all()} == {"one.example", "two.example"}


def test_two_domains_that_refuse_us_while_others_take_our_mail_stop_nobody_else(smtp_sink: Sink) -> None:
    mails = to("a@one.example", "b@nice.example", "c@two.example", "d@nice.example")
    smtp_sink.says["RCPT"] = lambda address: "" if address.endswith("@nice.example") else BLOCKED
    assert sending.drain() == 2
    assert statuses(mails) == [Status.QUEUED, Status.SENT, Status.QUEUED, Status.SENT]
    assert not Pause.objects.filter(domain="").exists()


def test_a_receiver_whose_server_speaks_as_if_for_all_cannot_hold_up_the_others(smtp_sink: Sink) -> None:
    mails = to("a@broken.example", "b@two.example")
    smtp_sink.says["RCPT"] = at("broken.example", "550 relay not permitted")
    for _time in range(3):
        sending.drain()
        wait_over()
        Message.objects.filter(to_email="b@two.example", status=Status.QUEUED).update(due_at=timezone.now())
    assert statuses(mails) == [Status.QUEUED, Status.SENT]
    assert [pause.domain for pause in Pause.objects.all()] == ["broken.example"]
    (late,) = to("c@three.example")
    wait_over()
    sending.drain()
    assert statuses([late]) == [Status.SENT]
    assert not Pause.objects.filter(domain="").exists(), "that it speaks for all is known to be untrue"


def test_mail_that_one_domain_refuses_for_days_fails_with_its_words(smtp_sink: Sink) -> None:
    mails = to("a@strict.example", "b@two.example")
    smtp_sink.says["RCPT"] = at("strict.example", BLOCKED)
    sending.drain()
    Pause.objects.update(since=timezone.now() - pauses.PATIENCE - timedelta(minutes=1))
    sending.drain()
    assert statuses(mails) == [Status.FAILED, Status.SENT]
    assert "spamhaus" in mails[0].error
    assert not Suppression.objects.exists()


def test_what_refuses_all_mail_for_days_loses_none(smtp_sink: Sink) -> None:
    mails = to("a@one.example")
    smtp_sink.says["MAIL"] = "550 No"
    sending.drain()
    Pause.objects.update(since=timezone.now() - timedelta(days=30))
    wait_over()
    sending.drain()
    assert statuses(mails) == [Status.QUEUED]


def test_what_is_of_no_use_any_more_is_taken_back_while_mail_stands_still(smtp_sink: Sink) -> None:
    pauses.shut_out(domain="one.example", reason="550 No", trying=False)
    mail = MessageFactory.create(expires_at=timezone.now() - timedelta(seconds=1))
    sending.drain()
    assert statuses([mail]) == [Status.WITHDRAWN]


@pytest.mark.parametrize("stage", ["RCPT", "DATA"])
def test_a_dead_address_is_put_on_the_list_and_others_go_on(smtp_sink: Sink, stage: str) -> None:
    mails = to("gone@one.example", "b@one.example")
    smtp_sink.says[stage] = lambda address: "550 5.1.1 User unknown" if address.startswith("gone@") else ""
    assert sending.drain() == 1
    assert statuses(mails) == [Status.FAILED, Status.SENT]
    assert [row.email for row in Suppression.objects.all()] == ["gone@one.example"]
    assert not Pause.objects.exists()


def test_the_last_mail_to_who_was_erased_puts_nobody_on_the_list(smtp_sink: Sink) -> None:
    mail = MessageFactory.create(
        kind="accounts/mail", dedupe_key=f"{LAST}number", context={"subject": "S", "text": "T"}
    )
    smtp_sink.says["RCPT"] = lambda _address: "550 5.1.1 User unknown"
    sending.drain()
    assert statuses([mail]) == [Status.FAILED]
    assert not Suppression.objects.exists()


@pytest.mark.parametrize(
    ("stage", "answer"),
    [
        ("RCPT", "550 Requested action not taken: mailbox unavailable"),
        ("RCPT", "550 5.7.124 Sender not in allowed-senders list"),
        ("MAIL", "552 5.3.4 Message size exceeds fixed limit"),
        ("DATA", "554 5.7.1 Message rejected as spam"),
    ],
)
def test_a_mail_that_is_refused_fails_alone_and_nobody_is_put_on_the_list(
    smtp_sink: Sink, stage: str, answer: str
) -> None:
    first, second = mails = to("a@one.example", "b@one.example")
    said = iter([answer])
    smtp_sink.says[stage] = lambda _address: next(said, "")
    assert sending.drain() == 1
    assert statuses(mails) == [Status.FAILED, Status.SENT]
    assert first.error == answer
    assert not Suppression.objects.exists()
    assert not Pause.objects.exists()
    assert second.attempts == 0


@pytest.mark.parametrize(
    "answer", ["452 4.2.2 Mailbox full", "552 5.2.2 Mailbox full", "450 4.2.1 Too quickly", "451 4.7.1 Greylisted"]
)
@pytest.mark.parametrize("stage", ["RCPT", "DATA"])
def test_later_is_later(smtp_sink: Sink, stage: str, answer: str) -> None:
    mails = to("a@one.example", "b@two.example")
    smtp_sink.says[stage] = at("one.example", answer)
    assert sending.drain() == 1
    assert statuses(mails) == [Status.QUEUED, Status.SENT]
    assert mails[0].attempts == 1
    assert not Pause.objects.exists()
    assert not Suppression.objects.exists()


@pytest.mark.parametrize(
    ("stage", "answer"),
    [("greeting", "421 Too busy"), ("greeting", "drop"), ("EHLO", "421 Too busy"), ("MAIL", "451 4.3.0 Not now")],
)
def test_a_server_that_puts_everything_off_is_away(smtp_sink: Sink, stage: str, answer: str) -> None:
    mails = to("a@one.example", "b@two.example")
    smtp_sink.says[stage] = answer
    for _time in range(10):
        assert sending.drain() == 0
        pause = Pause.objects.get()
        assert (pause.domain, pause.fault) == ("", Pause.Fault.AWAY)
        assert pause.until <= timezone.now() + timedelta(minutes=1)
        wait_over()
    assert statuses(mails) == [Status.QUEUED] * 2
    assert {mail.attempts for mail in mails} == {0}
    smtp_sink.says.clear()
    assert sending.drain() == 2


def test_a_server_that_hangs_up_on_each_mail_is_away(smtp_sink: Sink) -> None:
    mails = to(*(f"a{number}@{number}.example" for number in range(6)))
    smtp_sink.says["DATA"] = "drop"
    for _time in range(12):
        assert sending.drain() == 0
        wait_over()
    assert statuses(mails) == [Status.QUEUED] * 6
    assert max(mail.attempts for mail in mails) == 1, "an outage uses up nobody's attempts"
    smtp_sink.says.clear()
    assert sending.drain() == 6


def test_the_third_silence_in_a_row_is_being_away(smtp_sink: Sink) -> None:
    mails = to("a@one.example", "b@two.example", "c@three.example", "fine@four.example")
    smtp_sink.says["DATA"] = lambda address: "" if address.startswith("fine@") else "drop"
    assert sending.drain() == 0
    assert statuses(mails) == [Status.QUEUED] * 4
    assert [mail.attempts for mail in mails] == [1, 1, 0, 0]
    assert Pause.objects.get().fault == Pause.Fault.AWAY


@pytest.mark.parametrize("others", ["{}.example", "one.example"])
def test_one_mail_on_which_a_server_chokes_does_not_keep_the_others(smtp_sink: Sink, others: str) -> None:
    mails = to("choke@one.example", *(f"a{number}@{others.format(number)}" for number in range(3)))
    pauses.away(domain="one.example", reason="gone", trying=False)
    smtp_sink.says["DATA"] = lambda address: "drop" if address.startswith("choke@") else ""
    for _time in range(3):
        Pause.objects.update(until=timezone.now() - timedelta(seconds=1))
        sending.drain()
    assert statuses(mails) == [Status.QUEUED] + [Status.SENT] * 3


def test_hanging_up_at_rset_costs_the_next_mail_nothing(smtp_sink: Sink) -> None:
    mails = to("gone@one.example", "b@two.example")
    smtp_sink.says["RSET"] = "drop"
    smtp_sink.says["RCPT"] = at("one.example", "550 5.1.1 No such user")
    assert sending.drain() == 1
    assert statuses(mails) == [Status.FAILED, Status.SENT]
    assert mails[1].attempts == 0


def test_enough_mails_on_one_connection_means_a_new_one(smtp_sink: Sink) -> None:
    to(*(f"a{number}@{number}.example" for number in range(5)))

    def two_each(_address: str) -> str:
        on_this_one = len(smtp_sink.mails) - 2 * (smtp_sink.sessions - 1)
        return "421 Too many messages on this connection" if on_this_one >= 2 else ""

    smtp_sink.says["MAIL"] = two_each
    assert sending.drain() == 5
    assert smtp_sink.sessions == 3
    assert not Pause.objects.exists()


def test_a_server_that_takes_nothing_now_is_not_asked_twice(smtp_sink: Sink) -> None:
    to("a@one.example", "b@two.example")
    smtp_sink.says["MAIL"] = "421 Try again later"
    assert sending.drain() == 0
    assert smtp_sink.sessions == 1
    assert Pause.objects.get().fault == Pause.Fault.AWAY


def test_what_a_server_says_can_always_be_stored(smtp_sink: Sink, monkeypatch: pytest.MonkeyPatch) -> None:
    (mail,) = to("a@one.example")

    def refuse(*arguments: Any, **options: Any) -> None:
        raise smtplib.SMTPDataError(554, b"Nul \0 and half \xed\xa0\x80 a letter")

    monkeypatch.setattr(smtplib.SMTP, "sendmail", refuse)
    assert sending.drain() == 0
    assert statuses([mail]) == [Status.FAILED]
    assert mail.error.startswith("554 Nul ")


def over(fault: str = Pause.Fault.REFUSED) -> None:
    """All mail stands still, and one may be tried."""
    Pause.objects.create(domain="", fault=fault, reason="550 No", until=timezone.now() - timedelta(seconds=1))


def test_a_mail_that_cannot_be_made_tells_nothing_and_the_next_is_tried_at_once(smtp_sink: Sink) -> None:
    over()
    broken, fine = MessageFactory.create(kind="nothing/here"), MessageFactory.create()
    assert sending.drain() == 1
    assert statuses([broken, fine]) == [Status.FAILED, Status.SENT]
    assert not Pause.objects.exists()


@pytest.mark.parametrize("answer", ["550 5.1.1 No such user", "554 5.7.1 Spam", "452 4.2.2 Full"])
@pytest.mark.parametrize("fault", Pause.Fault.values)
def test_a_server_that_judges_one_receiver_deals_with_us_again(smtp_sink: Sink, answer: str, fault: str) -> None:
    over(fault)
    mails = to("a@one.example", "b@two.example")
    smtp_sink.says["RCPT"] = at("one.example", answer)
    assert sending.drain() == 1
    assert statuses(mails)[1] == Status.SENT
    assert not Pause.objects.exists()


def test_silence_now_and_then_is_not_being_away(smtp_sink: Sink) -> None:
    mails = to(*(f"{'choke' if number % 2 else 'fine'}@{number}.example" for number in range(8)))
    smtp_sink.says["DATA"] = lambda address: "drop" if address.startswith("choke@") else ""
    assert sending.drain() == 4
    assert [mail.attempts for mail in mails if statuses([mail]) == [Status.QUEUED]] == [1] * 4
    assert not Pause.objects.exists()


def test_giving_up_leaves_what_is_on_its_way_and_what_is_not_due() -> None:
    pauses.refused(domain="strict.example", reason="554 blocked", everything=False, trying=False)
    Pause.objects.update(since=timezone.now() - pauses.PATIENCE - timedelta(minutes=1))
    held, later, due = mails = to("a@strict.example", "b@strict.example", "c@strict.example")
    soon = timezone.now() + timedelta(minutes=1)
    Message.objects.filter(pk=held.pk).update(status=Status.SENDING, leased_until=soon)
    Message.objects.filter(pk=later.pk).update(due_at=soon)
    assert pauses.give_up() == 1
    assert statuses(mails) == [Status.SENDING, Status.QUEUED, Status.FAILED]
    assert due.error == "554 blocked"


def test_what_is_given_up_holds_no_code_any_more() -> None:
    pauses.refused(domain="strict.example", reason="554 blocked", everything=False, trying=False)
    Pause.objects.update(since=timezone.now() - pauses.PATIENCE - timedelta(minutes=1))
    secret, other = (
        MessageFactory.create(kind=kind, to_email="a@strict.example", context={"text": "Follow this link"})
        for kind in ("accounts/mail", "notifications/confirm")
    )
    assert pauses.give_up() == 2
    assert statuses([secret, other]) == [Status.FAILED] * 2
    assert (secret.context, other.context) == ({}, {"text": "Follow this link"})


def test_staff_read_on_the_first_page_that_mail_stands_still(editor: Client, partner: Client, smtp_sink: Sink) -> None:
    assert "Mail stands still" not in editor.get("/admin/").content.decode()
    to("a@one.example", "b@two.example")
    smtp_sink.says["MAIL"] = "550 5.7.1 <b>Not</b> you"
    sending.drain()
    page = editor.get("/admin/").content.decode()
    assert "Mail stands still" in page
    assert "550 5.7.1 &lt;b&gt;Not&lt;/b&gt; you" in page
    assert "2 mails wait" in page
    smtp_sink.says.clear()
    wait_over()
    sending.drain()
    assert "Mail stands still" not in editor.get("/admin/").content.decode()


def test_staff_read_which_domain_refuses_our_mail(editor: Client) -> None:
    to("a@strict.example", "b@two.example")
    pauses.refused(domain="strict.example", reason="554 blocked", everything=False, trying=False)
    page = editor.get("/admin/").content.decode()
    assert "strict.example has been refusing our mail" in page
    assert "1 mail waits" in page


def test_monitors_learn_that_mail_stands_still(monitor: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("nccsi.health.parts._broker", lambda: {"ok": True})
    heartbeat.note()
    assert monitor.get("/health/ready/").json()["parts"]["mail"] == {"ok": True}
    pauses.away(domain="one.example", reason="gone", trying=False)
    assert monitor.get("/health/ready/").status_code == 200, "it may be back in a moment"
    Pause.objects.update(since=timezone.now() - timedelta(minutes=11))
    assert monitor.get("/health/ready/").status_code == 503
    pauses.works_again()
    pauses.shut_out(domain="one.example", reason="550 <x@y.example> No", trying=False)
    answer = monitor.get("/health/ready/")
    assert answer.status_code == 503
    assert answer.json()["parts"]["mail"]["reason"] == "refused"
    assert "x@y.example" not in answer.content.decode()


def test_mail_that_one_domain_refuses_does_not_count_as_neglected(
    visitor: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("nccsi.health.parts._broker", lambda: {"ok": True})
    heartbeat.note()
    (mail,) = to("a@Strict.example")
    Message.objects.update(due_at=timezone.now() - timedelta(hours=1))
    assert visitor.get("/health/ready/").status_code == 503
    pauses.refused(domain="strict.example", reason="554 blocked", everything=False, trying=False)
    assert visitor.get("/health/ready/").status_code == 200
    assert statuses([mail]) == [Status.QUEUED]


def test_a_pause_that_nobody_needs_any_more_is_forgotten() -> None:
    pauses.refused(domain="strict.example", reason="554 blocked", everything=False, trying=False)
    pauses.forget_old()
    assert Pause.objects.exists()
    Pause.objects.update(until=timezone.now() - REFUSING_DOMAINS.span - timedelta(minutes=1))
    pauses.forget_old()
    assert not Pause.objects.exists()
