from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone
from i18nfield.strings import LazyI18nString

from calls.pages.models import CallPage
from calls.questions import answering
from notifications.delivery.composing import compose
from notifications.delivery.rendering import render
from notifications.following import managing, subscribing
from notifications.outbox.models import Message
from notifications.subscriptions.models import Subscription
from tests.calls.questions.asked import ASKED, ASKER, asked_of, follow, mail_of

pytestmark = pytest.mark.django_db


def test_an_answer_goes_to_everyone_who_waits_once(page: CallPage) -> None:
    question = asked_of(page, email=ASKER)
    follow(question)
    follow(question, "other@example.org", "fr")
    follow(question, "pending@example.org", status="pending", confirmed_at=None)
    question.answer = LazyI18nString({"en": "Yes, it may.", "fr": "Oui."})
    for _time in range(2):
        answering.answer(question)
    mails = Message.objects.filter(kind="calls/question_answered").order_by("to_email")
    assert [mail.to_email for mail in mails] == [ASKER, "other@example.org"]
    assert len({mail.dedupe_key for mail in mails}) == 2
    english, french = (compose(mail, render(mail, now=timezone.now())) for mail in mails)
    assert "Yes, it may." in english.body
    assert "Oui." in french.body
    assert "List-Unsubscribe" in english.extra_headers
    assert f"{page.url}?question={question.pk}#question-{question.pk}" in english.body


def test_who_follows_the_call_hears_once_and_why(page: CallPage) -> None:
    question = asked_of(page)
    follow(question, "both@example.org")
    topic = f"call:{page.call_id}"
    for email in ("both@example.org", "call@example.org"):
        follow(question, email, topic=topic)
    question.answer = LazyI18nString({"en": "Yes, it may."})
    answering.answer(question)
    # Who follows the call from now on finds the answer on its page.
    follow(question, "late@example.org", topic=topic)
    answering.answer(question)
    answering.tell_latecomers(now=timezone.now())
    mails = Message.objects.filter(kind="calls/question_answered").order_by("to_email")
    assert [mail.to_email for mail in mails] == ["both@example.org", "call@example.org"]
    of_question, of_call = (compose(mail, render(mail, now=timezone.now())).body for mail in mails)
    assert "wanted to hear the answer to this question" in of_question
    assert "wanted to hear" not in of_call
    assert f"follows “{page.title}”" in of_call


def test_a_refusal_is_no_news_for_those_who_follow_the_call(page: CallPage) -> None:
    question = asked_of(page)
    follow(question, topic=f"call:{page.call_id}")
    question.refusal = "It concerns another call."
    answering.refuse(question)
    assert not Message.objects.filter(kind="calls/question_refused").exists()


def test_the_mail_says_what_the_answer_is_when_it_leaves(page: CallPage) -> None:
    question = asked_of(page)
    follow(question)
    question.answer = LazyI18nString({"en": "Yse"})
    answering.answer(question)
    question.answer = LazyI18nString({"en": "Yes"})
    answering.answer(question)
    assert "Yes" in mail_of("question_answered").body


def test_an_answer_taken_back_is_not_sent_and_may_be_given_again(page: CallPage) -> None:
    question = asked_of(page)
    follow(question)
    question.answer = LazyI18nString({"en": "Yes"})
    answering.answer(question)
    answering.put_back(question)
    assert list(Message.objects.values_list("status", flat=True)) == ["withdrawn"]
    answering.answer(question)
    assert Message.objects.waiting().count() == 1


def test_who_confirms_after_the_answer_hears_it_once(page: CallPage) -> None:
    question = asked_of(page)
    subscription = follow(question, status="pending", confirmed_at=None)
    question.answer = LazyI18nString({"en": "Yes"})
    answering.answer(question)
    assert answering.tell_latecomers(now=timezone.now()) == 0
    Subscription.objects.filter(pk=subscription.pk).update(status="active", confirmed_at=timezone.now())
    assert [answering.tell_latecomers(now=timezone.now()) for _time in range(2)] == [1, 0]


def test_a_refusal_goes_to_the_asker_alone(visitor: Client, page: CallPage) -> None:
    question = asked_of(page, email=ASKER)
    follow(question, ASKER.upper())
    follow(question, "other@example.org")
    question.refusal = "It concerns another call."
    answering.refuse(question)
    mail = mail_of("question_refused")
    assert mail.to == [ASKER.upper()]
    assert "It concerns another call." in mail.body
    assert ASKED not in visitor.get(page.url).content.decode()


def test_a_refusal_is_not_told_to_an_address_that_nobody_confirmed(page: CallPage) -> None:
    question = asked_of(page, email=ASKER)
    follow(question, status="pending", confirmed_at=None)
    question.refusal = "No."
    answering.refuse(question)
    assert not Message.objects.filter(kind="calls/question_refused").exists()


def test_who_stopped_hears_nothing(page: CallPage) -> None:
    question = asked_of(page)
    subscribing.stop(follow(question))
    question.answer = LazyI18nString({"en": "Yes"})
    answering.answer(question)
    assert not Message.objects.exists()


@pytest.mark.parametrize(
    "fields", [{"status": "answered"}, {"status": "refused"}, {"status": "waiting", "decided_at": timezone.now()}]
)
def test_the_database_knows_what_a_decision_needs(page: CallPage, fields: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        asked_of(page, **fields)
    if fields["status"] != "waiting":
        with pytest.raises(IntegrityError), transaction.atomic():
            asked_of(page, decided_at=timezone.now(), **fields)


def test_addresses_go_thirty_days_after_the_decision(page: CallPage) -> None:
    question = asked_of(page, email=ASKER, name="Somebody", fingerprint="a")
    waiting = asked_of(page, email="waiting@example.org")
    question.refusal = "No."
    answering.refuse(question)
    for days, cleared in ((29, 0), (31, 1)):
        with time_machine.travel(timezone.now() + timedelta(days=days)):
            assert answering.forget_askers() == cleared
    question.refresh_from_db()
    assert (question.name, question.email, question.fingerprint) == ("", "", None)
    managing.erase("Waiting@example.org ")
    waiting.refresh_from_db()
    assert waiting.email == ""


def test_who_has_not_read_the_answer_yet_hears_of_no_correction(page: CallPage) -> None:
    question = asked_of(page)
    follow(question)
    told = []
    for words in ("Yes", "No", "Perhaps"):
        question.answer = LazyI18nString({"en": words})
        answering.answer(question)
        told.append(answering.tell_correction(question) if question.corrected_at else None)
        if words == "No":
            Message.objects.update(status=Message.Status.SENT, sent_at=timezone.now())
    assert told == [None, 0, 1]
