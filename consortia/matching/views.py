"""The page that shows members of an interested organisation who completes it in a call."""

from dataclasses import dataclass
from typing import cast

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language, gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.users.models import User
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
    # Whether who looks acts for it, too.
    is_own: bool


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
    found = _matches(mine, page, language, cast(User, request.user))
    facts = {
        "interest": interest,
        "organisation": interest.organisation,
        "call": call,
        "page": page,
        "matches": found,
        "some_cannot_answer": any(not each.can_answer and not each.introduction and not each.is_own for each in found),
        "said_no": _said_no(mine),
        "takes_introductions": takes_introductions(interest.call),
        "crumbs": [
            {"title": gettext("My page"), "url": reverse("accounts:my_page")},
            {"title": call["title"], "url": call["url"]},
        ],
    }
    return render(request, "consortia/matching/matches.html", facts)


def _said_no(mine: Side) -> int:
    """With how many of those that let themselves be seen there was a no, whichever of the two said it."""
    declined = Introduction.objects.declined().of(mine.organisation).filter(call=mine.interest.call_id)
    others = {each.other_than(mine.organisation.pk).pk for each in declined.with_names()}
    return Interest.objects.shown().filter(call=mine.interest.call_id, organisation__in=others).count()


def _matches(mine: Side, page: Page, language: str, user: User) -> list[Match]:
    found = with_facts(Interest.objects.all()).in_bulk(page.object_list)
    sides = [side(found[key]) for key in page.object_list if key in found]
    others = [theirs.organisation.pk for theirs in sides]
    introductions = _introductions(mine, others)
    answer = with_members(others)
    own = set(user.memberships.filter(organisation__in=others).values_list("organisation_id", flat=True))
    return [
        Match(
            interest=theirs.interest,
            card=card(theirs.organisation, language),
            reasons=reasons(mine, theirs),
            introduction=introductions.get(theirs.organisation.pk),
            can_answer=theirs.organisation.pk in answer,
            is_own=theirs.organisation.pk in own,
        )
        for theirs in sides
    ]


def _introductions(mine: Side, others: list[int]) -> dict[int, Introduction]:
    """By the key of the other organisation, what the two have between them in this call."""
    own = mine.organisation
    known = Introduction.objects.standing().of(own).filter(call=mine.interest.call_id).with_names()
    known = known.filter(from_organisation__in=[*others, own.pk], to_organisation__in=[*others, own.pk])
    return {each.other_than(own.pk).pk: each for each in known}
