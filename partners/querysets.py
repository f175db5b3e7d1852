from typing import TYPE_CHECKING, Self

from django.db import models

if TYPE_CHECKING:
    from partners.models import Interest, Organisation  # noqa: F401  # named in the annotations below


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    def public(self) -> Self:
        """Organisations that a visitor may see."""
        return self.filter(status="listed")

    def with_facts(self) -> Self:
        """Sector, country, texts and expertise of each, in a fixed number of queries."""
        return self.select_related(
            "sector", "country", "region", "logo"
        ).prefetch_related("texts", "terms")


class InterestQuerySet(models.QuerySet["Interest"]):
    def confirmed(self) -> Self:
        """Interests that count."""
        return self.filter(status="confirmed")
