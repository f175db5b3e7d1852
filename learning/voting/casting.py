"""An organisation votes: once per round, by whoever acts for it, changed as often as they like until it is closed."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import connection, transaction
from django.db.models.functions import Now
from django.utils.translation import gettext

from accounts.users.models import User
from learning.questions.keeping import NotPossibleError
from learning.questions.models import Question
from learning.questions.rules import NotAllowedError, acts_for
from learning.voting.models import MOST, Choice, Round, Vote
from partners.organisations.models import Organisation


class ClosedError(Exception):
    """The round takes no votes any more."""


@dataclass
class ChangedError(Exception):
    """A colleague voted, or changed the vote, since the page was drawn."""

    vote: Vote


@transaction.atomic
def cast(round_: Round, *, organisation: Organisation, questions: Sequence[Question], by: User, was: int) -> Vote:
    """The vote of this organisation, upon the one with the number `was` (0: none); the same again changes nothing.

    Raises NotAllowedError, ClosedError, NotPossibleError and ChangedError.
    """
    if not _may_vote(by, organisation):
        raise NotAllowedError
    _hold_open(round_)
    chosen = list(dict.fromkeys(question.pk for question in questions))
    if len(chosen) > MOST:
        raise NotPossibleError(gettext("Choose three questions at most."))
    if Question.objects.unsettled().filter(pk__in=chosen).count() != len(chosen):
        raise NotPossibleError(gettext("One of these questions was set aside meanwhile. Choose another one."))
    # Two at once: the second waits here for the first, and then finds its vote.
    Vote.objects.bulk_create([Vote(round=round_, organisation=organisation, by=by)], ignore_conflicts=True)
    vote = Vote.objects.select_for_update(of=["self"]).get(round=round_, organisation=organisation)
    if vote.number and set(vote.choices.values_list("question", flat=True)) == set(chosen):
        return vote
    if vote.number != was:
        raise ChangedError(vote)
    vote.number, vote.by = was + 1, by
    vote.save(update_fields=["number", "by"])
    Vote.objects.filter(pk=vote.pk).update(at=Now())
    vote.choices.all().delete()
    Choice.objects.bulk_create(
        Choice(vote=vote, question_id=key, place=place) for place, key in enumerate(chosen, start=1)
    )
    return vote


def may_vote_for(user: User) -> list[Organisation]:
    """The organisations of the directory for which this person votes."""
    own = Organisation.objects.public().filter(memberships__user=user)
    return list(own.order_by("name", "pk"))


def vote_of(round_: Round, organisation: Organisation) -> Vote | None:
    """What an organisation voted so far."""
    found = Vote.objects.filter(round=round_, organisation=organisation, number__gt=0)
    return found.select_related("by").prefetch_related("choices").first()


def _may_vote(user: User, organisation: Organisation) -> bool:
    listed = Organisation.objects.public().filter(pk=organisation.pk).exists()
    return listed and acts_for(user, organisation)


def _hold_open(round_: Round) -> None:
    """The round stays open until this transaction ends; votes do not wait for each other. Raises ClosedError."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT closed_at IS NULL AND until > clock_timestamp() FROM learning_round WHERE id = %s FOR SHARE",
            [round_.pk],
        )
        found = cursor.fetchone()
    if found is None or not found[0]:
        raise ClosedError
