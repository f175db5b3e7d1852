"""What other apps' pages show of interests and declared consortia."""

from typing import Any

from django import template
from django.conf import settings
from django.utils.translation import get_language

from calls.chain.models import Call
from calls.chain.standing import call_state
from calls.pages.call_calendars import call_pages
from consortia.consortium.models import Member
from consortia.coverage.coverage import coverage, seen
from consortia.declaration.models import Declaration
from consortia.interest.models import Interest
from partners.organisations.models import Organisation

register = template.Library()
# The page of a call shows so many by name; the others stand on a page of their own.
_SHOWN = 12
_SHOWN_CALLS = 10


@register.simple_tag
def coverage_of(call: Call) -> dict[str, Any]:
    """What the interested organisations cover, who of them may be seen, and how many may."""
    shown, number = list(seen(call)[:_SHOWN]), seen(call).count()
    return {"coverage": coverage(call), "interests": shown, "seen": number, "has_more": number > _SHOWN}


@register.simple_tag
def calls_of_interest(organisation: Organisation) -> list[dict[str, Any]]:
    """The calls with a public page that an organisation is interested in, where it lets others see that."""
    language = get_language() or settings.LANGUAGE_CODE
    shown = Interest.objects.shown().filter(organisation=organisation, call__in=Call.objects.public().values("pk"))
    interests = list(shown.select_related("call").prefetch_related("call__deadlines", "contributions__track"))
    pages = call_pages([each.call for each in interests[:_SHOWN_CALLS]], language)
    return [
        {"interest": each, "page": pages[each.call_id], "state": call_state(each.call)}
        for each in interests[:_SHOWN_CALLS]
        if each.call_id in pages
    ]


@register.simple_tag
def declared_consortia(organisation: Organisation) -> list[dict[str, Any]]:
    """The newest declarations that stand, with it in them; the page of a call only where it is public."""
    language = get_language() or settings.LANGUAGE_CODE
    of_it = Member.objects.filter(organisation=organisation, status=Member.Status.JOINED).values("consortium")
    rows = Declaration.objects.standing().filter(consortium__in=of_it).select_related("consortium__call", "receipt")
    declarations = list(rows[:_SHOWN_CALLS])
    pages = call_pages([each.consortium.call for each in declarations], language) if declarations else {}
    return [{"declaration": each, "page": pages.get(each.consortium.call_id)} for each in declarations]
