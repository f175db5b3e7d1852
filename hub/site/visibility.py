"""Which pages of the tree a visitor may see: the one definition, without a query of its own."""

from typing import TypeVar

from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef
from wagtail.models import PageViewRestriction
from wagtail.query import PageQuerySet

Pages = TypeVar("Pages", bound=PageQuerySet)


def visible(pages: Pages) -> Pages:
    """Live, and neither the page nor anything above it is private.

    Wagtail's own `public()` means the same but asks for the private pages each time; a page of the portal shows several
    lists, so that adds up.
    """
    path = ExpressionWrapper(OuterRef("path"), output_field=CharField())
    private = PageViewRestriction.objects.alias(path=path).filter(path__startswith=F("page__path"))
    return pages.live().filter(~Exists(private))
