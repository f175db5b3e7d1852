"""Searches of offers and requests that can be followed: how they are written, what they are called, what they find."""

from collections.abc import Iterable
from datetime import datetime
from urllib.parse import parse_qsl

from django.conf import settings
from django.db.models import Max
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import get_language, gettext

from hub.saved_searches import lists
from hub.saved_searches.lists import SearchableList
from partners.exchange.filters import Exchange
from partners.exchange.models import Notice


class ExchangeSearches:
    """The list of offers and requests as one whose searches can be followed.

    One is new when it is made. Renewing it is no news: whoever may press that button every day would write to its
    followers every day.
    """

    prefix = "notices"
    kind = "partners/new_notices"

    def canonical(self, query: str) -> str:
        return written(_asked(query))

    def title(self, query: str) -> str:
        found = lists.in_words(query, _asked(query).called)
        return gettext("Offers and requests: %(search)s") % {"search": found}

    def address(self, query: str) -> str:
        return f"{reverse('exchange:notices')}?{query}"

    def newest(self, until: datetime) -> datetime | None:
        made = Notice.objects.public().filter(created_at__lte=until)
        newest: datetime | None = made.aggregate(newest=Max("created_at"))["newest"]
        return newest

    def appeared(self, query: str, since: datetime, until: datetime) -> list[tuple[int, datetime]]:
        found = _asked(query).among(Notice.objects.public().filter(created_at__gt=since, created_at__lte=until))
        return list(found.values_list("pk", "created_at"))

    def public(self, keys: Iterable[int]) -> set[int]:
        return set(Notice.objects.public().filter(pk__in=keys).values_list("pk", flat=True))


EXCHANGE: SearchableList = ExchangeSearches()


def written(asked: Exchange) -> str:
    """The canonical writing of what a visitor asked of the list."""
    return lists.written(parse_qsl(asked.query()))


def _asked(query: str) -> Exchange:
    return Exchange(QueryDict(query), get_language() or settings.LANGUAGE_CODE)
