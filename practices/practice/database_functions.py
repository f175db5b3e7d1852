"""Functions of PostgreSQL that Django does not have, for queries about practices."""

from collections.abc import Iterable
from typing import Any, ClassVar

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

    def __init__(self, number: models.F | models.Func, numbers: Iterable[int]) -> None:
        written = models.Value(f"{{{','.join(map(str, numbers))}}}")
        super().__init__(number, Cast(written, ArrayField(models.BigIntegerField())))


class Part(models.Func):
    """The numbers of one part of an array; `starts` tells, with a byte for each, at which place the parts begin.

    Comparing a part takes a fraction of what comparing all numbers takes.
    """

    written: ClassVar[str] = "({keys})[get_byte({starts}, {number}):get_byte({starts}, {next}) - 1]"
    output_field: Any = ArrayField(models.IntegerField())

    def __init__(self, keys: models.F, starts: models.F, *, number: int) -> None:
        super().__init__(keys, starts, number=number)

    def as_sql(self, compiler: Any, connection: Any, **_extra: Any) -> tuple[str, list[Any]]:  # type: ignore[override]  # the stubs ask for all that Func may be told
        """Both columns stand there more than once; being columns, they carry no values."""
        keys, starts = (compiler.compile(each)[0] for each in self.source_expressions)
        number = self.extra["number"]
        return self.written.format(keys=keys, starts=starts, number=number, next=number + 1), []


class FirstOfPart(Part):
    """The only number of a part with one answer; where there is none, whatever number stands there, of another part."""

    written = "({keys})[get_byte({starts}, {number})]"
    output_field = models.IntegerField()


class HasPart(Part):
    """Whether there is anything in a part."""

    written = "(get_byte({starts}, {number}) < get_byte({starts}, {next}))"
    output_field = models.BooleanField()


class Overlaps(models.Func):
    """Whether an array has one of these numbers."""

    arg_joiner = " && "
    template = "(%(expressions)s)"
    output_field = models.BooleanField()

    def __init__(self, array: models.Func, numbers: Iterable[int]) -> None:
        written = models.Value(f"{{{','.join(map(str, numbers))}}}")
        super().__init__(array, Cast(written, ArrayField(models.IntegerField())))


class Within(Overlaps):
    """Whether an array has no other numbers than these."""

    arg_joiner = " <@ "
