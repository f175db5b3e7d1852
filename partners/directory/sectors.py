"""The pentagon of sectors, as the directory and other pages show it."""

from typing import Any

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import get_language

from hub.content_memory.content_version import remembered
from hub.vocabularies.models import Term
from partners.organisations.models import Organisation


def organisations_per_sector() -> list[dict[str, Any]]:
    """Each sector with the number of its organisations and the address that lists them."""
    return remembered(("organisations per sector", get_language()), _organisations_per_sector)


def _organisations_per_sector() -> list[dict[str, Any]]:
    listed = Organisation.objects.public().order_by().values_list("sector_id").annotate(number=Count("pk"))
    counts = dict(listed)
    directory = reverse("partners:directory")
    return [
        {
            "code": term.code,
            "label": str(term.label),
            "count": counts.get(term.pk, 0),
            "url": f"{directory}?sector={term.code}",
        }
        for term in Term.objects.of("sector")
    ]
