"""What the votes say: nothing before a round is over, then how many organisations chose each question."""

from collections.abc import Iterable

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
    theirs = Choice.objects.filter(question=OuterRef("pk"), vote__round=Subquery(last)).order_by()
    number = theirs.values("question").annotate(number=Count("*")).values("number")
    return questions.annotate(votes=Coalesce(Subquery(number, output_field=IntegerField()), Value(0)))


def turnout(rounds: Iterable[Round]) -> dict[int, int]:
    """How many organisations voted in each of these."""
    cast = Vote.objects.filter(round__in=[each.pk for each in rounds], number__gt=0).order_by()
    return dict(cast.values_list("round").annotate(number=Count("*")))


def ranking(round_: Round) -> QuestionQuerySet:
    """What was chosen in a round, the most votes first; only of what visitors may see, with its words."""
    chosen = Choice.objects.filter(vote__round=round_).order_by().values("question")
    theirs = Choice.objects.filter(question=OuterRef("pk"), vote__round=round_).order_by()
    number = theirs.values("question").annotate(number=Count("*")).values("number")
    found = Question.objects.public().filter(pk__in=chosen).with_words()
    return found.annotate(votes=Subquery(number, output_field=IntegerField())).order_by("-votes", "pk")
