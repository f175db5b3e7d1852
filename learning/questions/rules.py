"""Who may do what with a question; verbs, views and templates ask here.

It is kept by who owns it, by the people of the organisation that owns it, and by the centre. Who organises one of its
events may besides write what was learned there.
"""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext

from accounts.users.models import User
from events.agenda.models import Event
from learning.questions.models import Question
from partners.organisations.models import Membership


class NotAllowedError(PermissionDenied):
    """This person may not do that with this question; where no view asked before, the page of the refusal says so."""

    @property
    def told(self) -> str:
        """What happened between the page that they saw and what they sent."""
        return gettext(
            "You may not do this any more: the question was given to others meanwhile, or you act for the organisation "
            "no longer. Nothing was changed."
        )


def is_staff(user: Any) -> bool:
    """Whether this person of the centre decides about every question."""
    return isinstance(user, User) and user.has_perm("learning.change_question")


def may_keep(user: Any, question: Question) -> bool:
    """Whether this person says where a question stands and what happens next."""
    if not isinstance(user, User):
        return False
    return is_staff(user) or (question.is_public and Question.objects.owned_by(user).filter(pk=question.pk).exists())


def may_answer(user: Any, question: Question) -> bool:
    """Whether this person writes what is known: who keeps it, and who organises an event that belongs to it."""
    if not isinstance(user, User) or not question.is_public:
        return False
    return may_keep(user, question) or organised(user, question).exists()


def organised(user: User, question: Question) -> Any:
    """The events of a question that this person organises."""
    return Event.objects.filter(learning_questions=question, organisers=user)


def demand_staff(user: Any) -> None:
    """Raises NotAllowedError."""
    if not is_staff(user):
        raise NotAllowedError


def demand_keeper(user: Any, question: Question) -> None:
    """Raises NotAllowedError."""
    if not may_keep(user, question):
        raise NotAllowedError


def acts_for(user: User, organisation: Any) -> bool:
    """Whether this person acts for the organisation."""
    return Membership.objects.filter(user=user, organisation=organisation).exists()
