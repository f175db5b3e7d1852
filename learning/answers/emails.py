"""The mail to who follows a question: what is known now, and what changed. It only writes to the outbox."""

from collections.abc import Mapping
from typing import Any

from learning.answers.models import AnswerVersion
from notifications.outbox import telling
from notifications.outbox.telling import Receiver
from notifications.subscriptions.models import Subscription

ANSWERED = "learning/answered"


def tell_followers(version: AnswerVersion) -> int:
    """Each address once; returns how many mails were written."""
    topic = version.question.topic
    followers = Subscription.objects.active().to(topic)

    def context(_receiver: Receiver) -> Mapping[str, Any]:
        return {"version": version.pk}

    return telling.tell(
        telling.each_once(followers),
        ANSWERED,
        about=f"{topic}:answer",
        key=f"{topic}:answer:{version.number}",
        context=context,
        attachments=lambda _language: [],
    )
