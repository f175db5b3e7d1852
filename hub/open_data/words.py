"""Words in several languages, terms as codes and moments in UTC, as the open data writes them."""

from collections.abc import Iterable
from datetime import UTC
from typing import Any

from django.conf import settings
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

Words = dict[str, str]
_PLACES = {code: place for place, (code, _name) in enumerate(settings.LANGUAGES)}


def in_languages(value: Any) -> Words:
    """What a translated label says, by language; one that was written without a language is in the portal's first."""
    data = getattr(value, "data", value)
    if isinstance(data, dict):
        return _portal_first({code: str(text) for code, text in data.items() if text})
    return {settings.LANGUAGE_CODE: str(data)} if data else {}


def by_language(rows: Iterable[Any], field: str) -> Words:
    """One field of rows that each carry a language, where it says something."""
    return _portal_first({row.language: text for row in rows if (text := getattr(row, field).strip())})


def _portal_first(words: Words) -> Words:
    """The portal's languages in its own order, then any others."""
    return dict(sorted(words.items(), key=lambda pair: (_PLACES.get(pair[0], len(_PLACES)), pair[0])))


@extend_schema_field({"type": "object", "additionalProperties": {"type": "string"}, "example": {"nl": "…", "en": "…"}})
class WordsField(serializers.Field[Any, Any, Words, Any]):
    """A text by language code; languages without the text are left out."""

    def __init__(self, **options: Any) -> None:
        super().__init__(read_only=True, **options)

    def to_representation(self, value: Any) -> Words:
        return in_languages(value)


class CodesField(serializers.ListField):
    """Codes of terms, in the order of their vocabulary."""

    def __init__(self, **options: Any) -> None:
        super().__init__(child=serializers.CharField(), read_only=True, **options)


class CodeField(serializers.CharField):
    """The code of one term, or null."""

    def __init__(self, **options: Any) -> None:
        super().__init__(read_only=True, allow_null=True, **options)


class MomentField(serializers.DateTimeField):
    """A moment in UTC, or null."""

    def __init__(self, **options: Any) -> None:
        super().__init__(read_only=True, allow_null=True, default_timezone=UTC, **options)
