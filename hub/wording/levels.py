"""How much it counts where a word stands: the same for practices, organisations and pages, so that one list orders all.

They go by the weights of a vector: A for titles and names, B for summaries and facts, what stands deeper is BODY.
PostgreSQL's own `ts_rank` is left aside: it divides by the number of forms of all words in all languages, and so made
less of a title than of a term.
"""

from collections.abc import Iterable
from functools import reduce
from operator import add

from django.db.models import Case, FloatField, IntegerField, Q, Value, When
from django.db.models.expressions import Combinable

TITLE, SUMMARY, BODY = 1.0, 0.6, 0.1
# What a term adds: more than a word deep in a text, less than one in a summary.
TERM = 0.3
# Who gets words in another language than their own is served half as well: by a title less than by an own summary.
FOREIGN = 0.5


def first_of(*levels: tuple[Q, float | Combinable], otherwise: float | Combinable = 0.0) -> Case:
    """The number of the first condition that holds."""
    return Case(*(When(holds, then=level) for holds, level in levels), default=otherwise, output_field=FloatField())


def total(numbers: Iterable[Combinable]) -> Combinable:
    """All of them together."""
    return reduce(add, numbers, Value(0.0))


def how_many(conditions: Iterable[Q]) -> Combinable:
    """How many of these hold."""
    each = (Case(When(holds, then=1), default=0, output_field=IntegerField()) for holds in conditions)
    return reduce(add, each, Value(0))
