"""What the address of the list may ask for, and what lists show of each; what it does not know is ignored."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from hub.search.faceted_list import ChoiceFacet, FacetedList, TermFacet
from partners.exchange.models import Notice, NoticeQuerySet


class Exchange(FacetedList[Notice]):
    """What the visitor asked of the offers and requests, and the answer."""

    facets: ClassVar[tuple[TermFacet, ...]] = (
        ChoiceFacet("kind", _("Kind"), "kind", choices=(("offer", _("Offer")), ("request", _("Request")))),
        TermFacet("track", _("Action track"), "terms", several=True),
        TermFacet("country", _("Country"), "country", by_label=True),
        TermFacet("theme", _("Theme"), "terms", several=True, folded=True),
    )

    def __init__(self, data: QueryDict, language: str) -> None:
        super().__init__(data, language, reverse("exchange:notices"))

    def everything(self) -> NoticeQuerySet:
        return Notice.objects.public()

    def searched(self, rows: NoticeQuerySet) -> NoticeQuerySet:  # type: ignore[override]  # as everything() gives them
        return rows.matching(self.words, self.language)

    def shown(self, rows: NoticeQuerySet) -> NoticeQuerySet:  # type: ignore[override]  # the same
        return rows.with_facts()

    def counted(self, number: int) -> str:
        return ngettext("%(number)s offer or request", "%(number)s offers and requests", number) % {"number": number}


FACETS = tuple(facet.name for facet in Exchange.facets)
_SUMMARY = 200


@dataclass(frozen=True)
class Card:
    """One in a list; `language` is set when its words are not in the reader's language."""

    kind: str
    title: str
    summary: str
    language: str
    url: str
    organisation: str
    place: str
    until: date


def card(notice: Notice, language: str) -> Card:
    """Prefetch with `with_facts`."""
    text = " ".join(notice.text.split())
    return Card(
        kind=str(notice.get_kind_display()),
        title=notice.title,
        summary=text if len(text) <= _SUMMARY else f"{text[:_SUMMARY].rsplit(' ', 1)[0]} …",
        language=notice.language if notice.language != language else "",
        url=notice.get_absolute_url(),
        organisation=notice.organisation.name,
        place=", ".join(str(term) for term in (notice.region, notice.country) if term),
        until=notice.until,
    )
