"""Views of the admin that say after saving what is odd about what was typed, though it may be meant so."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest


class WarningMixin:
    """Put before a view of Wagtail that creates or edits; a subclass says what is odd."""

    form: Any
    request: HttpRequest

    def odd(self) -> list[str]:
        """A sentence for each thing that staff may want to look at again."""
        raise NotImplementedError

    def save_instance(self) -> Any:
        saved = super().save_instance()  # type: ignore[misc]  # Wagtail's views carry no types
        for warning in self.odd():
            messages.warning(self.request, warning)
        return saved
