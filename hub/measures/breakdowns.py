"""The usual ways to tell records apart: by a term of a vocabulary, by a field with fixed choices, by language."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from hub.languages.names import language_name
from hub.measures.registry import Breakdown, Words
from hub.vocabularies.models import Term


def by_term(
    vocabulary: str, label: Words, path: str, *, code: str = "", several: bool = False, is_shared: bool = False
) -> Breakdown:
    """By the code of a term: `path` leads to the term, or, where it `is_shared`, to terms of other vocabularies too."""

    def names() -> dict[str, str]:
        return {term.code: str(term) for term in Term.objects.of(vocabulary)}

    within = vocabulary if is_shared else ""
    return Breakdown(code or vocabulary, label, f"{path}__code", names, several=several or is_shared, vocabulary=within)


def by_choice(code: str, label: Words, path: str, choices: type[models.TextChoices]) -> Breakdown:
    """By a field with fixed choices."""
    return Breakdown(code, label, path, lambda: {str(value): str(text) for value, text in choices.choices})


def by_language(path: str, *, several: bool = False) -> Breakdown:
    """By the language that a record is in."""

    def names() -> dict[str, str]:
        return {code: language_name(code) for code, _name in settings.LANGUAGES}

    return Breakdown("language", _("Language"), path, names, several=several)
