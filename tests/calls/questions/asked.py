"""Questions about a call as tests ask, answer and follow them."""

from typing import Any

from django.test import Client
from django.utils import timezone
from i18nfield.strings import LazyI18nString

from calls.pages.models import CallPage
from calls.questions import answering
from calls.questions.models import Question
from notifications.delivery.composing import compose
from notifications.delivery.rendering import render
from notifications.outbox.models import Message
from notifications.subscriptions.models import Subscription

ASKED = "May a café from Liège take part?"
ASKER = "asker@example.org"


def asked_of(page: CallPage, text: str = ASKED, **fields: Any) -> Question:
    return Question.objects.create(
        call=page.call, language="en", asked=text, wording=LazyI18nString({"en": text}), **fields
    )


def answered(page: CallPage, text: str = ASKED, answer: str = "Yes, it may.") -> Question:
    question = asked_of(page, text)
    question.answer = LazyI18nString({"en": answer})
    answering.answer(question)
    return question


def ask(visitor: Client, page: CallPage, **answers: Any) -> Any:
    address = f"/en/questions/ask/{page.call_id}/"
    stamp = visitor.get(address).context["form"]["rendered"].value()
    return visitor.post(address, {"question": ASKED, "rendered": stamp} | answers)


def follow(question: Question, email: str = ASKER, language: str = "en", **fields: Any) -> Subscription:
    confirmed = {"status": "active", "confirmed_at": timezone.now(), "consent_wording": "Yes"}
    facts = {"topic": question.topic, "language": language} | confirmed | fields
    return Subscription.objects.create(email=email, **facts)


def mail_of(kind: str) -> Any:
    message = Message.objects.get(kind=f"calls/{kind}")
    return compose(message, render(message, now=timezone.now()))
