"""Somebody who is signed in tells an experience; the centre puts it on the question's page or says why not."""

from django.db import connection, transaction
from django.db.models import QuerySet
from django.db.models.functions import Now
from django.utils.translation import gettext

from accounts.privacy import erasing
from accounts.privacy.keeping import Moment
from accounts.users.models import User
from learning.experience import emails
from learning.experience.keeping_times import DECLINED
from learning.experience.models import Experience
from learning.questions.keeping import NotPossibleError
from learning.questions.models import Question
from learning.questions.rules import NotAllowedError, acts_for, demand_staff
from partners.organisations.models import Organisation

# So many of one person may wait for the centre.
MOST_WAITING = 20


class TooManyError(Exception):
    """So much of this person waits already that the centre looks at that first."""


@transaction.atomic
def tell(
    question: Question, *, text: str, language: str, by: User, organisation: Organisation | None = None
) -> Experience:
    """Put it to the centre; sent twice it is one.

    Raises TooManyError, NotAllowedError where the person does not act for the organisation, and NotPossibleError.
    """
    if organisation and not acts_for(by, organisation):
        raise NotAllowedError
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(7300062, %s)", [by.pk])
    if not Question.objects.unsettled().filter(pk=question.pk).exists():
        raise NotPossibleError(gettext("This question takes no experiences as it stands now."))
    waiting = Experience.objects.waiting().filter(by=by)
    if known := waiting.filter(question=question, text=text).first():
        return known
    if waiting.count() >= MOST_WAITING:
        raise TooManyError
    return Experience.objects.create(question=question, text=text, language=language, by=by, organisation=organisation)


@transaction.atomic
def show(experience: Experience, *, by: User) -> bool:
    """Onto the page; who told it hears. False when it is there. Raises NotAllowedError."""
    demand_staff(by)
    found = held(experience)
    if found.state == Experience.State.SHOWN:
        return False
    Experience.objects.filter(pk=found.pk).update(state=Experience.State.SHOWN, reason="", decided_at=Now())
    emails.shown(found)
    return True


@transaction.atomic
def decline(experience: Experience, *, reason: str, by: User) -> bool:
    """Not onto the page, or off it again; who told it hears why. False when that was so. Raises NotAllowedError."""
    demand_staff(by)
    found = held(experience)
    if found.state == Experience.State.DECLINED:
        return False
    Experience.objects.filter(pk=found.pk).update(state=Experience.State.DECLINED, reason=reason, decided_at=Now())
    emails.declined(found, reason=reason)
    return True


def due(at: Moment) -> QuerySet[Experience]:
    """What was declined so long before that moment."""
    return Experience.objects.filter(state=Experience.State.DECLINED, decided_at__lt=at - DECLINED.span)


def forget() -> int:
    """Delete what was declined so long ago."""
    return erasing.delete(due(Now()))


def held(experience: Experience) -> Experience:
    """The experience as it is now, kept from others until the transaction ends."""
    return Experience.objects.select_for_update(of=["self"], no_key=True).get(pk=experience.pk)
