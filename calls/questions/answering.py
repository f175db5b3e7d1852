"""Questions about a call: anybody asks, staff answer in public or refuse, and whoever waits for it hears once."""

import hashlib
from copy import copy
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urljoin

from django.conf import settings
from django.db import transaction
from django.db.models import CharField, Exists, F, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Cast, Concat, Now
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_noop
from i18nfield.strings import LazyI18nString

from accounts.privacy.keeping import Moment
from accounts.users import addresses
from accounts.users.models import User
from calls.chain.models import Call
from calls.chain.standing import PAST, call_state
from calls.questions.keeping_times import ASKERS, ASKERS_UNANSWERED
from calls.questions.models import Question
from hub.site.models import SiteSettings
from notifications.following import subscribing
from notifications.outbox import outbox, telling
from notifications.outbox.mailbox_cap import NAMED
from notifications.outbox.models import Message
from notifications.outbox.telling import Receiver
from notifications.subscriptions.links import CONFIRM_DAYS
from notifications.subscriptions.models import Subscription, SubscriptionQuerySet

ASKED, ANSWERED, REFUSED = "calls/question_asked", "calls/question_answered", "calls/question_refused"
CORRECTED = "calls/question_corrected"
# Who confirms an address after the answer was given still hears of it.
LATECOMERS = timedelta(days=CONFIRM_DAYS + 1)

Status = Question.Status
KINDS = {Status.ANSWERED: ANSWERED, Status.REFUSED: REFUSED}


class CallClosedError(Exception):
    """The call takes no more questions."""


def takes_questions(call: Call, now: datetime | None = None) -> bool:
    """Until the call closes or is withdrawn."""
    return call_state(call, now).code not in PAST


@transaction.atomic
def ask(
    *, call: Call, words: str, language: str, name: str = "", email: str = "", consent: str = "", by: User | None = None
) -> Question:
    """Takes a question and passes it on to staff; the same form sent twice is one question.

    An address comes with the wording of its owner's consent: it is asked to confirm that it wants to hear the answer.
    """
    now = Call.objects.annotate(now=Now()).values_list("now", flat=True).get(pk=call.pk)
    if not takes_questions(call, now):
        raise CallClosedError
    email = User.normalise_email(email) if email else ""
    fresh = Question(
        call=call,
        language=language,
        asked=words,
        wording=LazyI18nString({language: words}),
        name=name,
        email=email,
        fingerprint=_fingerprint(call, words, email),
    )
    Question.objects.bulk_create([fresh], ignore_conflicts=True)
    question = Question.objects.get(fingerprint=fresh.fingerprint)
    _tell_staff(question)
    if email:
        subscribing.ask(email=email, topic=question.topic, language=language, offsets=[], wording=consent, by=by)
    return question


def put_back(question: Question) -> None:
    """Off the page again, until somebody decides."""
    _decide(question, Status.WAITING)


def show(question: Question) -> None:
    """Onto the page before there is an answer, so that others can wait for it too."""
    _decide(question, Status.SHOWN)


def answer(question: Question) -> None:
    """Question and answer onto the page; the asker and everyone who follows the question or its call hear once."""
    _decide(question, Status.ANSWERED)


def refuse(question: Question) -> None:
    """Not onto the page; the asker hears why."""
    _decide(question, Status.REFUSED)


VERBS = {Status.WAITING: put_back, Status.SHOWN: show, Status.ANSWERED: answer, Status.REFUSED: refuse}


@transaction.atomic
def _decide(question: Question, status: Question.Status) -> None:
    """Saves the words that staff gave the question with what they decided; only a new decision is told."""
    before = Question.objects.select_for_update().filter(pk=question.pk).first()
    question.status = status
    question.decided_at = before.decided_at if before else None
    question.corrected_at = before.corrected_at if before else None
    if before is None or before.status != status:
        question.decided_at = timezone.now() if status in {Status.ANSWERED, Status.REFUSED} else None
        question.corrected_at = None
        _take_back(question)
    elif _replaces_words(before, question):
        question.corrected_at = timezone.now()
    question.save()
    tell(question)


def _take_back(question: Question) -> None:
    """What still waits tells of another decision. Its key is set free: the same may be decided again."""
    if not question.pk:
        return
    freed = Concat(F("dedupe_key"), Value(":withdrawn:"), Cast("pk", CharField()))
    Message.objects.waiting().filter(about=question.topic).update(dedupe_key=freed)
    outbox.withdraw(question.topic, reason=gettext_noop("Something else was decided about the question."))


def tell(question: Question, *, late: bool = False) -> int:
    """Mails to those who wait for this decision and were not told; returns how many were written.

    With `late`, only to those whose address was confirmed after it.
    """
    kind = KINDS.get(Status(question.status))
    if kind is None:
        return 0
    waiting = _not_told(question, kind, _latecomers(question) if late else _listeners(question))
    return _mail(question, kind, waiting, key=f"{question.topic}:{question.status}")


def tell_correction(question: Question) -> int:
    """Mails to all who hear of the answer that its words are others now; returns how many were written."""
    key = f"{question.topic}:corrected:{question.corrected_at:%Y%m%d%H%M%S%f}"
    return _mail(question, CORRECTED, _hearing_of_correction(question), key=key)


@dataclass(frozen=True)
class Telling:
    """What saving a question would tell, and to whom."""

    kind: str
    receivers: list[Receiver]


def would_tell(question: Question) -> Telling | None:
    """What people would be told if these words and this decision, not saved yet, were; None when nothing."""
    before = Question.objects.filter(pk=question.pk).first() if question.pk else None
    if before and before.status == question.status:
        listeners = _hearing_of_correction(before) if _replaces_words(before, question) else []
        return Telling(CORRECTED, listeners) if listeners else None
    kind = KINDS.get(Status(question.status))
    if kind is None:
        return None
    planned = copy(question)
    planned.decided_at = timezone.now()
    return Telling(kind, _not_told(planned, kind, _listeners(planned)))


def _replaces_words(before: Question, question: Question) -> bool:
    """Whether words of a public answer are others now; a language that is added changes nothing for its readers."""
    if not before.status == question.status == Status.ANSWERED:
        return False
    pairs = ((before.wording, question.wording), (before.answer, question.answer))
    return any(_by_language(new).get(code) != text for old, new in pairs for code, text in _by_language(old).items())


def _by_language(words: LazyI18nString) -> dict[str, str]:
    return {code: text for code, text in words.data.items() if text} if isinstance(words.data, dict) else {}


def _hearing_of_correction(question: Question) -> list[Receiver]:
    """Who hears of the answer, but for those whose first mail still waits: that one will say the new words."""
    unsent = Message.objects.waiting().filter(about=question.topic, kind=ANSWERED)
    waiting = {email.lower() for email in unsent.values_list("to_email", flat=True)}
    return [receiver for receiver in _listeners(question) if receiver.email.lower() not in waiting]


def _not_told(question: Question, kind: str, waiting: list[Receiver]) -> list[Receiver]:
    told = Message.objects.filter(about=question.topic, kind=kind).exclude(status=Message.Status.WITHDRAWN)
    addresses = {email.lower() for email in told.values_list("to_email", flat=True)}
    return [receiver for receiver in waiting if receiver.email.lower() not in addresses]


def _mail(question: Question, kind: str, receivers: list[Receiver], *, key: str) -> int:
    return telling.tell(
        receivers,
        kind,
        about=question.topic,
        key=key,
        context=lambda receiver: {"question": question.pk, "by_call": _by_call(receiver, question)},
        attachments=lambda language: [],
    )


def _followers(question: Question) -> SubscriptionQuerySet:
    """Why a question was refused concerns the asker alone."""
    followers = Subscription.objects.active().to(question.topic)
    if question.status == Status.REFUSED:
        return followers.of(question.email) if question.email else followers.none()
    return followers


def _listeners(question: Question) -> list[Receiver]:
    """Who follows the question, and of an answered one its call."""
    if question.status == Status.REFUSED:
        return telling.each_once(_followers(question))
    # Who follows the call later finds the answer on its page.
    of_call = Subscription.objects.active().to(f"call:{question.call_id}").filter(confirmed_at__lte=question.decided_at)
    return telling.each_once(_followers(question), of_call)


def _latecomers(question: Question) -> list[Receiver]:
    return telling.each_once(_followers(question).filter(confirmed_at__gte=question.decided_at))


def _by_call(receiver: Receiver, question: Question) -> bool:
    """Whether it is the call that this receiver follows, not the question alone."""
    return receiver.subscription is not None and receiver.subscription.topic != question.topic


def tell_latecomers(*, now: datetime) -> int:
    """Those who confirmed their address after the decision. Safe to run at any time and twice."""
    recent = Question.objects.filter(decided_at__gt=now - LATECOMERS)
    topic = Concat(Value("question:"), Cast(OuterRef("pk"), CharField()))
    followed = Subscription.objects.active().filter(topic=topic, confirmed_at__gte=OuterRef("decided_at"))
    return sum(tell(question, late=True) for question in recent.filter(Exists(followed)))


def due_answered(at: Moment) -> QuerySet[Question]:
    """The questions whose asker is of no more use at that moment, because they are decided."""
    return _with_asker(Q(decided_at__lt=at - ASKERS.span))


def due_unanswered(at: Moment) -> QuerySet[Question]:
    """The same of the others that were asked so long ago, whether or not somebody decides them after all."""
    return _with_asker(Q(asked_at__lt=at - ASKERS_UNANSWERED.span) & ~Q(decided_at__lt=at - ASKERS.span))


def forget_askers() -> int:
    """Clears name and address of who got an answer; returns of how many questions."""
    return _forget(due_answered(timezone.now()))


def forget_askers_unanswered() -> int:
    """The same of who got none."""
    return _forget(due_unanswered(timezone.now()))


def erase(email: str) -> int:
    """Clears an address that its owner wants gone; the questions stay, without anybody's name."""
    return _forget(_with_asker(addresses.at("email", email))) if email.strip() else 0


def _with_asker(which: Q) -> QuerySet[Question]:
    return Question.objects.exclude(name="", email="", fingerprint=None).filter(which)


def _forget(questions: QuerySet[Question]) -> int:
    return questions.update(name="", email="", fingerprint=None)


def _fingerprint(call: Call, words: str, email: str) -> str:
    """The same for the same question of the same person, however often it arrives."""
    return hashlib.sha256("\0".join([str(call.pk), email.lower(), " ".join(words.split())]).encode()).hexdigest()


def _tell_staff(question: Question) -> None:
    contact = question.call.contact
    site = SiteSettings.objects.first()
    to = contact.email if contact else site.contact_email if site else ""
    if not to:  # the admin's menu still counts it
        return
    outbox.queue(
        ASKED,
        to=to,
        language=settings.LANGUAGE_CODE,
        context={
            "words": question.asked,
            "call_title": Call._meta.get_field("title").get_prep_value(question.call.title),
            "url": urljoin(settings.SITE_URL, reverse("wagtailsnippets_calls_question:edit", args=[question.pk])),
        },
        dedupe_key=f"{question.topic}:asked",
        about=question.topic,
        allowance=NAMED,
    )
