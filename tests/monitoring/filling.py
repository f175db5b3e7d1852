"""Rows beside the demo's, of each kind some that count and some that do not: no figure is tried on nothing."""

import uuid
from datetime import timedelta
from typing import Any

from django.utils import timezone

from accounts.users.models import User
from calls.chain.models import Call
from calls.questions.models import Question as CallQuestion
from consortia.introductions.models import Introduction
from events.agenda.models import Event
from events.door.models import WalkIn
from events.moving.models import EventChange
from hub.newsletter.models import Digest
from learning.experience.models import Experience
from learning.experts.models import Expert
from learning.questions.models import Question
from notifications.outbox.models import Message
from notifications.subscriptions.models import Subscription
from partners.claims.models import Claim
from partners.exchange.models import Notice
from partners.organisations.models import Organisation
from practices.practice.models.practice import Practice
from practices.submissions.models import Submission
from tests.factories import reuse
from tests.factories.accounts import UserFactory

DAY = timedelta(days=1)


def fill(editor: User) -> None:
    """Puts them beside what is there."""
    now = timezone.now()
    _mail(now)
    _around_calls(now)
    _around_events(now)
    _around_organisations(now)
    _learning(now)
    _practices(now, editor)


def mail(number: int, status: str, **fields: Any) -> Message:
    """One in the outbox."""
    return Message.objects.create(
        kind=fields.pop("kind", "hub/news"),
        to_email=f"reader{number}@example.org",
        language=fields.pop("language", "fr"),
        dedupe_key=fields.pop("dedupe_key", f"made:{number}"),
        status=status,
        **fields,
    )


def follower(number: int, topic: str, status: str, **fields: Any) -> Subscription:
    """One who follows, waits or stopped."""
    made = {"language": "de", "consent_wording": "I agree."} | fields
    return Subscription.objects.create(email=f"follower{number}@example.org", topic=topic, status=status, **made)


def _mail(now: Any) -> None:
    for number, (status, sent_at) in enumerate([("sent", now - DAY), ("sent", now - 90 * DAY), ("failed", None)]):
        mail(number, status, sent_at=sent_at)
    mail(9, "queued")
    for number, topic in enumerate(["newsletter", "newsletter", "news", "call:1", "theme:3"]):
        follower(number, topic, "active", confirmed_at=now - number * 20 * DAY)
    follower(9, "newsletter", "stopped", confirmed_at=now, stopped_at=now)
    Digest.objects.create(subject="June", period="monthly", languages=["en"], since=now, sent_at=now - DAY)
    Digest.objects.create(subject="July", period="weekly", languages=["en"], since=now)


def _around_calls(now: Any) -> None:
    call = Call.objects.order_by("pk")[0]
    for days, status in ((2, "answered"), (40, "answered"), (5, "refused"), (1, "waiting"), (3, "shown")):
        decided = {"decided_at": now - DAY} if status in {"answered", "refused"} else {}
        words = {"wording": "How long?", "answer": "Two years." if status == "answered" else ""}
        CallQuestion.objects.create(
            call=call,
            language="nl",
            status=status,
            asked_at=now - days * DAY,
            refusal="Not about it." if status == "refused" else "",
            **words | decided,
        )
    one, two, three, four = Organisation.objects.public().order_by("pk")[:4]
    for other, status in ((two, "accepted"), (three, "declined"), (four, "withdrawn")):
        answered = {"answered_at": now} if status in {"accepted", "declined"} else {}
        Introduction.objects.create(
            call=call, from_organisation=one, to_organisation=other, message="Hello", status=status, **answered
        )


def _around_events(now: Any) -> None:
    event = Event.objects.filter(ends_at__lt=now).order_by("pk")[0]
    for came_at in (now, now, None):
        WalkIn.objects.create(uuid=uuid.uuid4(), event=event, name="Somebody", language="en", came_at=came_at)
    moments = {f"{which}_{edge}_at": getattr(event, f"{edge}_at") for which in ("old", "new") for edge in _EDGES}
    for version, kind in enumerate(["moved", "cancelled", "resumed"], start=50):
        EventChange.objects.create(event=event, kind=kind, version=version, reason="The hall is shut.", **moments)


_EDGES = ("starts", "ends")


def _around_organisations(now: Any) -> None:
    listed = Organisation.objects.public().order_by("-pk")
    one = listed[0]
    one.verified_at, one.verified_how, one.verified_facts = now, "phone", one.facts_to_verify()
    one.save()
    for days, status in ((3, "accepted"), (9, "refused"), (1, "waiting"), (2, "withdrawn")):
        decided = {} if status == "waiting" else {"decided_at": now}
        Claim.objects.create(
            organisation=one,
            user=UserFactory.create(),
            position="Director",
            status=status,
            created_at=now - days * DAY,
            **decided,
        )
    for notice in Notice.objects.order_by("pk")[:2]:
        mail(notice.pk, "queued", kind="partners/answer", dedupe_key=f"partners/answer:{notice.pk}:x")
    Notice.objects.filter(pk=Notice.objects.order_by("-pk")[0].pk).update(withdrawn_at=now)


def _learning(now: Any) -> None:
    question = Question.objects.public().order_by("pk")[0]
    organisation = Organisation.objects.public().order_by("pk")[0]
    told = {"question": question, "organisation": organisation, "language": "en", "text": "It helped."}
    Experience.objects.create(**told, state="shown", decided_at=now)
    Experience.objects.create(**told)
    for accepted_at in (now, None):
        named = {"name": "An expert", "field": "Housing", "languages": ["en"], "wording": "I agree."}
        Expert.objects.create(question=question, user=UserFactory.create(), accepted_at=accepted_at, **named)


def _practices(now: Any, editor: User) -> None:
    practice = Practice.objects.public().order_by("pk")[0]
    reuse.accepted(practice, by=editor, said=reuse.account(sources=1, figures=1))
    for days, status in ((4, "published"), (30, "refused"), (2, "submitted"), (1, "draft")):
        sent = {} if status == "draft" else {"sent_at": now - days * DAY, "consent_wording": "I agree."}
        decided = {"decided_at": now} if status in {"published", "refused"} else {}
        Submission.objects.create(
            user=UserFactory.create(),
            language="en",
            title="A practice",
            status=status,
            reason="Not for us." if status == "refused" else "",
            **sent | decided,
        )
