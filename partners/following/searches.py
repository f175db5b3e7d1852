"""Searches of offers and requests that can be followed: how they are written, what they are called, what they find."""

from urllib.parse import parse_qsl

from django.conf import settings
from django.db.models import QuerySet
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from hub.saved_searches import lists
from hub.saved_searches.lists import SearchableList
from partners.exchange.filters import Exchange
from partners.exchange.models import Notice


class ExchangeSearches(SearchableList):
    """The list of offers and requests as one whose searches can be followed.

    One is new when it is made. Renewing it is no news: whoever may press that button every day would write to its
    followers every day.
    """

    prefix = "notices"
    called = _("Searches of offers and requests")
    kind = "partners/new_notices"
    moment = "created_at"

    def canonical(self, query: str) -> str:
        return written(_asked(query))

    def title(self, query: str) -> str:
        found = lists.in_words(query, _asked(query).called)
        return gettext("Offers and requests: %(search)s") % {"search": found}

    def address(self, query: str) -> str:
        return f"{reverse('exchange:notices')}?{query}"

    def everything(self) -> QuerySet[Notice]:
        return Notice.objects.public()

    def found(self, query: str, fresh: QuerySet[Notice]) -> QuerySet[Notice]:
        return _asked(query).among(fresh)


EXCHANGE: SearchableList = ExchangeSearches()


def written(asked: Exchange) -> str:
    """The canonical writing of what a visitor asked of the list."""
    return lists.written(parse_qsl(asked.query()))


def _asked(query: str) -> Exchange:
    return Exchange(QueryDict(query), get_language() or settings.LANGUAGE_CODE)
