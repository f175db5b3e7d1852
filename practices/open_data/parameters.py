"""Parameters that the lists about what became of practices share."""

from typing import Any

from django import forms
from drf_spectacular.utils import OpenApiParameter

from practices.practice.terms import Terms

_MOST = 50
_LONGEST = 100
PRACTICE = OpenApiParameter(
    "practice", many=True, description="Practices by slug. Of one that there is not, nothing is told."
)


class SlugsField(forms.Field):
    """Practices by their slugs, as addresses carry them."""

    widget = forms.SelectMultiple

    def __init__(self) -> None:
        super().__init__(required=False)

    def to_python(self, value: Any) -> list[str]:
        """Those that could be a slug; of one that no practice has, nothing is found."""
        return [slug for slug in (value or [])[:_MOST] if 0 < len(slug) <= _LONGEST and "\0" not in slug]


class TermCodesField(forms.Field):
    """Codes of a vocabulary, understood as the keys of its terms; unknown ones drop out."""

    widget = forms.SelectMultiple

    def __init__(self, vocabulary: str) -> None:
        super().__init__(required=False)
        self._vocabulary = vocabulary

    def to_python(self, value: Any) -> list[int]:
        return Terms.load().ids(self._vocabulary, dict.fromkeys((value or [])[:_MOST]))
