"""The day after an event its organisers are asked what was learned, once for each question that belongs to it.

Without organisers who can be reached, whoever keeps the question is asked; without those, the centre.
"""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Exists, F, OuterRef, QuerySet
from django.db.models.functions import Now, TruncDate

from accounts.users import addresses
from accounts.users.models import User
from events.agenda.models import Event
from hub.dates.brussels import BRUSSELS
from hub.site.models import SiteSettings
from learning.after_events import emails
from learning.answers.models import AnswerVersion
from learning.questions.keeping import responsible
from learning.questions.models import Question
from partners.contact.receivers import Receiver, members

# Longer after an event nobody is asked: who was not reached until then is asked no more.
NOT_AFTER = timedelta(days=14)
# Two beats happen; the number only has to differ from those of other periodic tasks.
_LOCK = 7_300_064


@transaction.atomic
def run() -> int:
    """Safe to run at any time, twice, and several at once. Returns how many mails were written."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [_LOCK])
        if not cursor.fetchone()[0]:
            return 0
    return sum(
        emails.ask(question, event, to)
        for event in over().prefetch_related("organisers")
        for question in to_learn(event)
        for to in _asked(event, question)
    )


def over() -> QuerySet[Event]:
    """The events with questions after which somebody is asked now: they ended yesterday or somewhat earlier, and took
    place.
    """
    today = TruncDate(Now(), tzinfo=BRUSSELS)
    ended: Any = Event.objects.annotate(today=today, last_day=TruncDate("ends_at", tzinfo=BRUSSELS))
    recent = ended.filter(ends_at__lte=Now(), ends_at__gt=Now() - NOT_AFTER, cancelled_at=None)
    asks = Question.objects.filter(events=OuterRef("pk"))
    found: QuerySet[Event] = recent.filter(Exists(asks), last_day__lt=F("today")).order_by("pk")
    return found


def to_learn(event: Event) -> list[Question]:
    """The questions of an event about which no answer names it yet."""
    told = AnswerVersion.objects.filter(evidence__event=event).values("question")
    questions = Question.objects.unsettled().filter(events=event).exclude(pk__in=told)
    return list(questions.with_words().select_related("owner_person", "owner_organisation").order_by("pk"))


def _asked(event: Event, question: Question) -> Iterator[Receiver]:
    reached = addresses.with_proved_name(User.objects.filter(is_active=True, organised_events=event)).order_by("pk")
    found = [Receiver(user.email, user.mail_language) for user in reached]
    person = responsible(question)
    if not found and person:
        found = [Receiver(person.email, person.mail_language)]
    if not found and question.owner_organisation:
        found = members(question.owner_organisation)
    site = SiteSettings.objects.first() if not found else None
    if site and site.contact_email:
        found = [Receiver(site.contact_email, settings.LANGUAGE_CODE)]
    yield from found
