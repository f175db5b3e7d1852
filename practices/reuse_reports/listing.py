"""Where a practice was taken up, as visitors narrow it; whatever an address holds that is unknown is ignored."""

from typing import ClassVar

from django.db.models import Q
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from hub.search.faceted_list import ChoiceFacet, FacetedList, TermFacet
from practices.practice.models.practice import Practice
from practices.reuse.models.reuses import Reuse, ReuseQuerySet
from practices.reuse.models.versions import Outcome


class Reuses(FacetedList[Reuse]):
    """What the visitor asked of the reports about one practice, and the answer."""

    facets: ClassVar[tuple[TermFacet, ...]] = (
        ChoiceFacet("outcome", _("What came of it"), "shown__outcome", choices=tuple(Outcome.choices)),
        TermFacet("country", _("Country"), "country", by_label=True),
        TermFacet("region", _("Region"), "region", by_label=True),
    )

    def __init__(self, practice: Practice, data: QueryDict, language: str) -> None:
        self.practice = practice
        super().__init__(data, language, reverse("practices:reuses", args=[practice.slug]))

    def everything(self) -> ReuseQuerySet:
        return Reuse.objects.public().filter(practice=self.practice).newest_first()

    def searched(self, rows: ReuseQuerySet) -> ReuseQuerySet:  # type: ignore[override]  # as everything() gives them
        for word in self.words.split():
            named = Q(organisation__name__icontains=word) | Q(adopter__icontains=word) | Q(place__icontains=word)
            said = Q(shown__came_of_it__icontains=word) | Q(shown__why_stopped__icontains=word)
            rows = rows.filter(named | said | Q(shown__what_changed__icontains=word))
        return rows

    def shown(self, rows: ReuseQuerySet) -> ReuseQuerySet:  # type: ignore[override]  # the same
        return rows.with_facts()

    def counted(self, number: int) -> str:
        return ngettext("%(number)s report", "%(number)s reports", number) % {"number": number}

    def tile_words(self, place: str, number: int) -> str:
        said = ngettext("%(place)s: taken up by %(number)s", "%(place)s: taken up by %(number)s", number)
        return said % {"place": place, "number": number}


FACETS = tuple(facet.name for facet in Reuses.facets)
