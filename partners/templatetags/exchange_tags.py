"""What other pages and mails show of offers and requests."""

from uuid import UUID

from django import template
from django.conf import settings
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import get_language

from calls.chain.models import Call
from hub.languages.names import language_name
from hub.saved_searches.lists import Told, follow_address
from hub.saved_searches.models import SavedSearch
from partners.exchange.filters import Card, Exchange, card
from partners.exchange.models import Notice
from partners.following.searches import EXCHANGE, written
from partners.organisations.models import Organisation

register = template.Library()
_SHOWN = 20
_SHOWN_ASIDE = 5
_SHOWN_IN_MAIL = 10


@register.simple_tag
def notices_of(organisation: Organisation) -> list[Card]:
    """What it offers and seeks now; nothing while visitors do not see the organisation."""
    language = get_language() or settings.LANGUAGE_CODE
    found = Notice.objects.public().with_facts().filter(organisation=organisation)
    return [card(notice, language) for notice in found[:_SHOWN]]


@register.simple_tag
def notices_for_call(call: Call) -> list[Card]:
    """What organisations offer and seek for a call now, the newest first."""
    language = get_language() or settings.LANGUAGE_CODE
    found = Notice.objects.public().with_facts().filter(call=call)
    return [card(notice, language) for notice in found[:_SHOWN_ASIDE]]


@register.simple_tag
def notices_to_keep(organisation: Organisation) -> list[Notice]:
    """For its members: all but the withdrawn ones, those that end last first."""
    return list(Notice.objects.filter(organisation=organisation, withdrawn_at=None).order_by("-until", "-pk")[:_SHOWN])


@register.simple_tag
def follow_notices(asked: Exchange) -> str:
    """Where what a visitor asked of the list can be followed; empty where it cannot."""
    return follow_address(EXCHANGE, written(asked))


@register.simple_tag
def new_notices(search: str, found: list[int], count: int) -> Told[dict[str, str]]:
    """Those of a mail's offers and requests that visitors still see, the newest first."""
    language = get_language() or settings.LANGUAGE_CODE
    notices = Notice.objects.public().with_facts().in_bulk(found)
    public = [notices[pk] for pk in found if pk in notices]
    cards = [card(notice, language) for notice in public[:_SHOWN_IN_MAIL]]
    asked = SavedSearch.objects.filter(pk=UUID(search)).first()
    path = EXCHANGE.address(asked.query) if asked else reverse("exchange:notices")
    rows = [_row(each) for each in cards]
    gone = len(found) - len(public)
    return Told(rows, more=max(count - gone - len(rows), 0), url=settings.SITE_URL + path)


def _row(shown: Card) -> dict[str, str]:
    kind = capfirst(shown.kind)
    return {
        "kind": kind,
        "title": shown.title,
        "summary": shown.summary,
        "url": settings.SITE_URL + shown.url,
        "language": shown.language,
        "language_name": language_name(shown.language) if shown.language else "",
        "note": f"{kind} · {shown.organisation}",
    }
