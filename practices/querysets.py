from collections.abc import Iterable
from typing import TYPE_CHECKING, Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Cast, Coalesce, TruncDate

from hub.dates import brussels

if TYPE_CHECKING:
    from datetime import date

    from practices.models.practice import Practice  # noqa: F401  # named in the annotations below


class Unaccent(models.Func):
    """Text without accents, so that É sorts with E."""

    function = "unaccent"
    output_field = models.CharField()


class OneOf(models.Func):
    """Whether a number is one of these, sent as one array: thousands of parameters take longer than the lookup."""

    arg_joiner = " = ANY("
    template = "%(expressions)s)"
    output_field = models.BooleanField()

    def __init__(self, number: models.F, numbers: Iterable[int]) -> None:
        written = models.Value(f"{{{','.join(map(str, numbers))}}}")
        super().__init__(number, Cast(written, ArrayField(models.BigIntegerField())))


class PracticeQuerySet(models.QuerySet["Practice"]):
    def public(self) -> Self:
        """Practices that a visitor may see: published ones."""
        return self.filter(live=True)

    def known_until(self, day: "date") -> Self:
        """Those that somebody last vouched for by then: checked, else published last; `last_known` tells when."""
        published = TruncDate("last_published_at", tzinfo=brussels.BRUSSELS)
        last = Coalesce("checked_on", published, output_field=models.DateField())
        return self.annotate(last_known=last).filter(last_known__lte=day)

    def with_facts(self) -> Self:
        """Terms, texts and owner of each, in a fixed number of queries."""
        return self.select_related("kind", "stage", "evidence", "reach", "cost", "owner").prefetch_related(
            "texts", "terms"
        )

    def newest_first(self) -> Self:
        """As they came in."""
        return self.order_by(models.F("first_published_at").desc(nulls_last=True), "-pk")
