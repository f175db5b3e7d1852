"""Which practices are there in full in a language."""

from functools import reduce
from operator import and_

from django.db.models import Exists, F, OuterRef, Q

from practices.practice.models.practice import Practice, PracticeQuerySet
from practices.practice.models.texts import PracticeText

# The parts that a practice can be told in, besides title and summary.
PARTS = ("what", "results", "needs", "steps")
# Among so many of the newest a reader's language comes first: looking through all of them would cost more and more.
_LOOKED_AT = 60


def in_full(language: str) -> Exists:
    """Whether a practice has words in this language that lack no part which it has in another one."""
    texts = PracticeText.objects.filter(practice_id=OuterRef("practice_id"))
    has_all = (~Q(**{part: ""}) | ~Exists(texts.exclude(**{part: ""})) for part in PARTS)
    own = PracticeText.objects.filter(practice_id=OuterRef("pk"), language=language)
    return Exists(own.filter(reduce(and_, has_all)))


def newest_in(language: str) -> PracticeQuerySet:
    """The newest practices, those that are there in full in this language first."""
    newest = Practice.objects.public().newest_first()[:_LOOKED_AT]
    as_they_came = (F("first_published_at").desc(nulls_last=True), "-pk")
    return Practice.objects.filter(pk__in=newest.values("pk")).order_by(in_full(language).desc(), *as_they_came)
