from typing import TYPE_CHECKING, Self

from django.db import models

if TYPE_CHECKING:
    from practices.models import Practice  # noqa: F401  # named in the annotations below


class PracticeQuerySet(models.QuerySet["Practice"]):
    def public(self) -> Self:
        """Practices that a visitor may see: published ones."""
        return self.filter(live=True)

    def with_facts(self) -> Self:
        """Terms, texts and owner of each, in a fixed number of queries."""
        return self.select_related(
            "kind", "stage", "evidence", "reach", "cost", "owner"
        ).prefetch_related("texts", "terms")
