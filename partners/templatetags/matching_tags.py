"""What pages show of organisations that fit."""

from collections.abc import Iterable, Mapping

from django import template

from hub.vocabularies.models import Term
from partners.matching.alike import Match, alike, of_organisation, of_terms
from partners.organisations.models import Organisation

register = template.Library()
_SHOWN_TO_MEMBERS = 5
_SHOWN = 3


@register.simple_tag
def organisations_like_yours(organisation: Organisation) -> list[Match]:
    """For its members."""
    return alike(of_organisation(organisation), most=_SHOWN_TO_MEMBERS)


@register.simple_tag
def organisations_like(organisation: Organisation) -> list[Match]:
    """For visitors."""
    return alike(of_organisation(organisation), most=_SHOWN)


@register.simple_tag
def organisations_that_work_on(terms: Mapping[str, Iterable[Term]]) -> list[Match]:
    """Those that work on what these terms say, by vocabulary."""
    return alike(of_terms(term for each in terms.values() for term in each), most=_SHOWN)
