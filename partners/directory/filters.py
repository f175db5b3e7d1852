"""What the address of the directory may ask for; whatever it does not know is ignored."""

from typing import ClassVar

from django.db.models import Q
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from hub.content_memory.content_version import remembered
from hub.search import full_text
from hub.search.faceted_list import FacetedList, TermFacet
from hub.vocabularies.models import Term
from partners.organisations.models import Organisation, OrganisationQuerySet

# Beside the profile an organisation names tracks and themes in its offers, requests and interests, for as long as they
# stand: counted with those, a card would not show why it is found.
_BY_PROFILE = _("As profiles say. What organisations offer and look for has a list of its own.")


class Directory(FacetedList[Organisation]):
    """What the visitor asked of the directory, and the answer."""

    facets: ClassVar[tuple[TermFacet, ...]] = (
        TermFacet("sector", _("Sector"), "sector"),  # in the pentagon's order
        TermFacet("country", _("Country"), "country", by_label=True),
        TermFacet("region", _("Region"), "region", by_label=True),
        TermFacet("track", _("Action track"), "terms", several=True, note=_BY_PROFILE),
        TermFacet("theme", _("Theme"), "terms", several=True, folded=True, note=_BY_PROFILE),
        TermFacet("target", _("Target group"), "terms", several=True, folded=True),
    )

    def __init__(self, data: QueryDict, language: str) -> None:
        super().__init__(data, language, reverse("partners:directory"))

    def everything(self) -> OrganisationQuerySet:
        return Organisation.objects.public()

    def searched(self, rows: "OrganisationQuerySet") -> OrganisationQuerySet:  # type: ignore[override]  # as everything() gives them
        """By name and texts, and by the terms that they are described with."""
        terms = terms_called(self.words)
        known = Organisation.terms.through.objects.filter(term__in=terms).values("organisation")
        place = Q(sector__in=terms) | Q(country__in=terms) | Q(region__in=terms)
        return rows.matching(self.words, self.language, also=Q(pk__in=known) | place)

    def shown(self, rows: "OrganisationQuerySet") -> OrganisationQuerySet:  # type: ignore[override]  # the same
        return rows.with_facts()

    def counted(self, number: int) -> str:
        return ngettext("%(number)s organisation", "%(number)s organisations", number) % {"number": number}


FACETS = tuple(facet.name for facet in Directory.facets)


def terms_called(words: str) -> list[int]:
    """The keys of the terms of which some label, in any language, has all of these words or their beginnings."""
    (asked,) = full_text.plain_words([words])
    if not asked:
        return []
    known = remembered("words of terms of the directory", _words_of_terms)
    return [key for key, label in known if all(any(word.startswith(each) for word in label) for each in asked)]


def _words_of_terms() -> list[tuple[int, list[str]]]:
    labels = [
        (term.pk, text)
        for term in Term.objects.filter(vocabulary__in=FACETS)
        for text in getattr(term.label, "data", {"": str(term.label)}).values()
    ]
    return list(zip([key for key, _text in labels], full_text.plain_words(text for _key, text in labels), strict=True))
