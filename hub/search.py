"""Full-text search in the words' own language: one generated column per text row, no triggers.

The configurations `nccsi_nl`, … are PostgreSQL's own stemmers behind `unaccent`, made in hub's first migration.
"""

from typing import Any

from django.contrib.postgres.search import SearchQuery, SearchVectorField
from django.db import models

CONFIGURATIONS = {"nl": "dutch", "fr": "french", "de": "german", "en": "english"}


def configuration(language: str) -> str:
    """The text search configuration of a language; `nccsi_simple` (no stemming) for one we have no stemmer for."""
    return f"nccsi_{language}" if language in CONFIGURATIONS else "nccsi_simple"


def query(words: str, language: str) -> SearchQuery:
    """What a person typed, as PostgreSQL's forgiving web search syntax: quotes, `or`, minus."""
    return SearchQuery(
        words.replace("\x00", ""),
        config=configuration(language),
        search_type="websearch",
    )


class RowVector(models.Func):
    """The weighted vector of a row, in the configuration that its `language` names."""

    output_field = SearchVectorField()

    def __init__(self, **weights: str) -> None:
        branches = " ".join(
            f"WHEN '{language}' THEN {self._vector(f'nccsi_{language}', weights)}" for language in CONFIGURATIONS
        )
        # Field names stand in the template as they are: a generated column refers to its own row.
        self.template = f"CASE language {branches} ELSE {self._vector('nccsi_simple', weights)} END"
        self.weights = weights
        super().__init__()

    @staticmethod
    def _vector(name: str, weights: dict[str, str]) -> str:
        return " || ".join(
            f"setweight(to_tsvector('{name}'::regconfig, coalesce({field}, '')), '{weight}')"
            for field, weight in weights.items()
        )

    def deconstruct(self) -> tuple[str, tuple[()], dict[str, str]]:
        return "hub.search.RowVector", (), self.weights


class StoredVector(models.GeneratedField):
    """Left out of what drafts and exports hold: an unsaved row has none, and asking for it loses the whole draft."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.serialize = False

    def deconstruct(self) -> Any:
        name, _path, arguments, kwargs = super().deconstruct()
        kwargs.pop("serialize", None)
        return name, "django.db.models.GeneratedField", arguments, kwargs


def row_vector(**weights: str) -> models.GeneratedField:
    """A stored search vector of the named fields, each with its weight `A` to `D`; the row needs a `language`."""
    return StoredVector(
        expression=RowVector(**weights),
        output_field=SearchVectorField(),
        db_persist=True,
        editable=False,
    )
