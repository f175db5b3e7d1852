"""The page that shows members of an interested organisation who completes it in a call."""

from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language, gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from consortia.interest.emails import call_words
from consortia.interest.models import Interest
from consortia.introductions.asking import takes_introductions
from consortia.introductions.models import Introduction
from consortia.introductions.rules import own_interest
from consortia.matching.completing import ranked, reasons, with_facts
from consortia.matching.side import Side, side
from hub.pages.renaming import follows_renaming
from partners.contact.receivers import with_members
from partners.directory.cards import Card, card
from partners.organisations.models import Organisation

ON_A_PAGE = 20


@dataclass(frozen=True)
class Match:
    """Another interested organisation in the list."""

    interest: Interest
    card: Card
    reasons: list[str]
    # What was asked before, and whether there is anybody to answer.
    introduction: Introduction | None
    can_answer: bool


@never_cache
@login_required
@require_safe
@follows_renaming(Organisation.objects.public)
def matches(request: HttpRequest, call_id: int, slug: str) -> HttpResponse:
    """Who completes it, in order, with the reasons in words and the way to an introduction."""
    interest = own_interest(request, call_id, slug)
    mine = side(interest)
    # Keys first: many are put in order, of few the facts are read.
    page = Paginator(ranked(mine).values_list("pk", flat=True), ON_A_PAGE).get_page(request.GET.get("page"))
    language = get_language() or settings.LANGUAGE_CODE
    call = call_words(interest.call, language)
    facts = {
        "interest": interest,
        "organisation": interest.organisation,
        "call": call,
        "page": page,
        "matches": _matches(mine, page, language),
        "takes_introductions": takes_introductions(interest.call),
        "crumbs": [
            {"title": gettext("My page"), "url": reverse("accounts:my_page")},
            {"title": call["title"], "url": call["url"]},
        ],
    }
    return render(request, "consortia/matching/matches.html", facts)


def _matches(mine: Side, page: Page, language: str) -> list[Match]:
    found = with_facts(Interest.objects.all()).in_bulk(page.object_list)
    sides = [side(found[key]) for key in page.object_list if key in found]
    others = [theirs.organisation.pk for theirs in sides]
    introductions = _introductions(mine, others)
    answer = with_members(others)
    return [
        Match(
            interest=theirs.interest,
            card=card(theirs.organisation, language),
            reasons=reasons(mine, theirs),
            introduction=introductions.get(theirs.organisation.pk),
            can_answer=theirs.organisation.pk in answer,
        )
        for theirs in sides
    ]


def _introductions(mine: Side, others: list[int]) -> dict[int, Introduction]:
    """By the key of the other organisation, what the two have between them in this call."""
    own = mine.organisation
    known = Introduction.objects.standing().of(own).filter(call=mine.interest.call_id).with_names()
    known = known.filter(from_organisation__in=[*others, own.pk], to_organisation__in=[*others, own.pk])
    return {each.other_than(own.pk).pk: each for each in known}
