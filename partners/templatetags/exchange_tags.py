"""What other pages show of offers and requests."""

from django import template
from django.conf import settings
from django.utils.translation import get_language

from calls.chain.models import Call
from partners.exchange.filters import Card, card
from partners.exchange.models import Notice
from partners.organisations.models import Organisation

register = template.Library()
_SHOWN = 20
_SHOWN_ASIDE = 5


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
