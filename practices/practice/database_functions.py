"""Functions of PostgreSQL that Django does not have, for queries about practices."""

from collections.abc import Iterable

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Cast


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
