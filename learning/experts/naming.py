"""Who is named as knowing about a question: they agree themselves, and can take it back at any time.

Who was asked by mail, and has proved to hold that address, stands on the page as soon as they agree; who offers it
waits for those who keep the question, and so does who changes what the page says of them.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.core import signing
from django.db import transaction
from django.db.models.functions import Now
from django.utils import timezone

from accounts.public_forms.throttling import HOUR, allow
from accounts.users import addresses
from accounts.users.models import User
from learning.experts import emails
from learning.experts.models import Expert
from learning.questions.models import Question
from learning.questions.rules import demand_keeper, may_keep

SALT = "learning.expert"
DAYS = 30
_SECONDS = DAYS * 24 * HOUR
# So many people one person may ask in a day.
MOST_A_DAY = 20
# What of an expert those who keep the question look at before everybody reads it.
_LOOKED_AT = ("name", "organisation_name", "field")


class TooManyError(Exception):
    """This person asked so many others today that the next one has to wait."""


def invite(question: Question, *, email: str, language: str, by: User) -> None:
    """Ask somebody by mail whether they want to be named. Raises NotAllowedError and TooManyError."""
    demand_keeper(by, question)
    if not allow("expert-invitations", str(by.pk), limit=MOST_A_DAY, per=24 * HOUR):
        raise TooManyError
    emails.invited(question, email=email, language=language, by=by, token=token_for(question, email))


def token_for(question: Question, email: str) -> str:
    """What the link in the mail carries: that those who keep this question want to name its reader."""
    return signing.dumps([question.pk, email.strip().lower(), timezone.now().timestamp()], salt=SALT)


def question_of(token: str) -> Question | None:
    """The question that a link is about; None for one that is forged or too old."""
    asked = _read(token)
    return Question.objects.public().filter(pk=asked[0]).first() if asked else None


def is_for(token: str, user: User, question: Question) -> bool:
    """Whether this person was asked; others to whom a mail was passed on offer it like anybody.

    So does everybody whose link is older than the day on which somebody was dismissed: it may be theirs, and nothing of
    them is kept by which that could be told.
    """
    asked = _read(token)
    if asked is None or asked[0] != question.pk:
        return False
    dismissed = question.experts_dismissed_at
    return (dismissed is None or asked[2] > dismissed) and addresses.holds(user, asked[1])


def _read(token: str) -> tuple[int, str, datetime] | None:
    """Which question a link is about, whom it was sent to, and when."""
    try:
        key, email, at = signing.loads(token, salt=SALT, max_age=_SECONDS)
        return int(key), str(email), datetime.fromtimestamp(at, tz=timezone.get_default_timezone())
    except (signing.BadSignature, ValueError, TypeError):
        return None


@transaction.atomic
def agree(
    question: Question,
    *,
    user: User,
    name: str,
    organisation_name: str,
    field: str,
    languages: Sequence[str],
    wording: str,
    is_invited: bool,
) -> Expert:
    """This person wants to be named, with these words about them; said once more, the words are the new ones.

    Other words than those that were looked at wait for those who keep the question.
    """
    facts: dict[str, Any] = {
        "name": name,
        "organisation_name": organisation_name,
        "field": field,
        "languages": list(languages),
        "wording": wording,
    }
    known = Expert.objects.select_for_update(of=["self"]).filter(question=question, user=user).first()
    says_the_same = known is not None and all(getattr(known, name) == facts[name] for name in _LOOKED_AT)
    found, _is_new = Expert.objects.update_or_create(question=question, user=user, defaults=facts)
    now: dict[str, Any] = {"agreed_at": Now()}
    if may_keep(user, question) or (is_invited and known is None):
        now["accepted_at"] = Now()
    elif not says_the_same:
        now["accepted_at"] = None
    Expert.objects.filter(pk=found.pk).update(**now)
    found.refresh_from_db()
    return found


@transaction.atomic
def accept(expert: Expert, *, by: User) -> bool:
    """Onto the page with the words that were read; False when they are there, or say something else by now.

    Raises NotAllowedError.
    """
    demand_keeper(by, expert.question)
    read = Expert.objects.filter(pk=expert.pk, agreed_at=expert.agreed_at, accepted_at=None)
    return bool(read.update(accepted_at=Now()))


@transaction.atomic
def dismiss(expert: Expert, *, by: User) -> bool:
    """Not named, or not any more, by whatever link they have; nothing of them is kept. Raises NotAllowedError."""
    demand_keeper(by, expert.question)
    Question.objects.filter(pk=expert.question_id).update(experts_dismissed_at=timezone.now())
    return bool(Expert.objects.filter(pk=expert.pk).delete()[0])


@transaction.atomic
def withdraw(question: Question, *, user: User) -> bool:
    """They do not want to be named any more; nothing of them is kept. False when they were not."""
    return bool(Expert.objects.filter(question=question, user=user).delete()[0])
