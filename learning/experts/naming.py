"""Who is named as knowing about a question: they agree themselves, and can take it back at any time.

Who was asked by mail, and has proved to hold that address, stands on the page as soon as they agree; who offers it
waits for those who keep the question.
"""

from collections.abc import Sequence

from django.core import signing
from django.db import transaction
from django.db.models.functions import Now

from accounts.users import addresses
from accounts.users.models import User
from learning.experts import emails
from learning.experts.models import Expert
from learning.questions.models import Question
from learning.questions.rules import demand_keeper, may_keep

SALT = "learning.expert"
DAYS = 30
_SECONDS = DAYS * 24 * 3_600


def invite(question: Question, *, email: str, language: str, by: User) -> None:
    """Ask somebody by mail whether they want to be named. Raises NotAllowedError."""
    demand_keeper(by, question)
    emails.invited(question, email=email, language=language, by=by, token=token_for(question, email))


def token_for(question: Question, email: str) -> str:
    """What the link in the mail carries: that those who keep this question want to name its reader."""
    return signing.dumps([question.pk, email.strip().lower()], salt=SALT)


def question_of(token: str) -> Question | None:
    """The question that a link is about; None for one that is forged or too old."""
    try:
        key, _email = signing.loads(token, salt=SALT, max_age=_SECONDS)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return Question.objects.public().filter(pk=key).first()


def is_for(token: str, user: User) -> bool:
    """Whether this person was asked; others to whom a mail was passed on offer it like anybody."""
    try:
        _key, email = signing.loads(token, salt=SALT, max_age=_SECONDS)
    except (signing.BadSignature, ValueError, TypeError):
        return False
    return addresses.holds(user, email)


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
    """This person wants to be named, with these words about them; said once more, the words are the new ones."""
    facts = {
        "name": name,
        "organisation_name": organisation_name,
        "field": field,
        "languages": list(languages),
        "wording": wording,
    }
    found, _is_new = Expert.objects.update_or_create(question=question, user=user, defaults=facts)
    now = {"agreed_at": Now()}
    if is_invited or may_keep(user, question):
        now["accepted_at"] = Now()
    Expert.objects.filter(pk=found.pk).update(**now)
    return found


@transaction.atomic
def accept(expert: Expert, *, by: User) -> bool:
    """Onto the page; False when they are there. Raises NotAllowedError."""
    demand_keeper(by, expert.question)
    return bool(Expert.objects.filter(pk=expert.pk, accepted_at=None).update(accepted_at=Now()))


@transaction.atomic
def dismiss(expert: Expert, *, by: User) -> bool:
    """Not named, or not any more; nothing of them is kept. Raises NotAllowedError."""
    demand_keeper(by, expert.question)
    return bool(Expert.objects.filter(pk=expert.pk).delete()[0])


@transaction.atomic
def withdraw(question: Question, *, user: User) -> bool:
    """They do not want to be named any more; nothing of them is kept. False when they were not."""
    return bool(Expert.objects.filter(question=question, user=user).delete()[0])
