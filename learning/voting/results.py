"""What the votes say: nothing before a round is over, then how many organisations chose each question.

Those count that are in the directory now: what stands on a page can be asked about.
"""

from collections.abc import Iterable
from typing import Any

from django.db.models import Count, IntegerField, OuterRef, Subquery, Value
from django.db.models.functions import Coalesce

from learning.questions.models import Question, QuestionQuerySet
from learning.voting.models import Choice, Round, Vote


def last_over() -> Round | None:
    """The round whose results count."""
    return Round.objects.over().first()


def with_votes(questions: QuestionQuerySet) -> QuestionQuerySet:
    """Each with `votes`: how many organisations chose it in the last round that is over."""
    last = Round.objects.over().values("pk")[:1]
    return questions.annotate(votes=Coalesce(_number(Subquery(last)), Value(0)))


def turnout(rounds: Iterable[Round]) -> dict[int, int]:
    """How many organisations voted in each of these."""
    cast = Vote.objects.counting().filter(round__in=[each.pk for each in rounds]).order_by()
    return dict(cast.values_list("round").annotate(number=Count("*")))


def ranking(round_: Round) -> QuestionQuerySet:
    """What was chosen in a round, the most votes first; only of what visitors may see, with its words."""
    found = Question.objects.public().filter(pk__in=_choices(round_).values("question")).with_words()
    return found.annotate(votes=_number(round_)).order_by("-votes", "pk")


def _choices(round_: Any) -> Any:
    return Choice.objects.filter(vote__in=Vote.objects.counting().filter(round=round_)).order_by()


def _number(round_: Any) -> Subquery:
    """How many chose the question of the row."""
    theirs = _choices(round_).filter(question=OuterRef("pk")).values("question")
    return Subquery(theirs.annotate(number=Count("*")).values("number"), output_field=IntegerField())
