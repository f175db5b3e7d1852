"""What "my page" shows of matches and introductions."""

from typing import Any

from django.utils.translation import gettext as _

from accounts.profile.my_page import Section
from accounts.users.models import User
from calls.chain.models import Call
from calls.pages.call_calendars import call_pages
from consortia.interest.models import Interest
from consortia.introductions.models import Introduction
from partners.organisations.models import Membership, Organisation

_SHOWN = 20


def introductions(user: User, language: str) -> Section | None:
    """Who waits for an answer of this person's organisations, what these asked, and where each may look for others."""
    own = set(Membership.objects.filter(user=user).values_list("organisation_id", flat=True))
    if not own:
        return None
    of_mine = Introduction.objects.of_person(user).with_names()
    waiting = list(of_mine.answerable().filter(to_organisation__in=own).order_by("asked_at", "pk")[:_SHOWN])
    asked = list(of_mine.waiting().filter(from_organisation__in=own)[:_SHOWN])
    accepted = list(of_mine.filter(status=Introduction.Status.ACCEPTED).order_by("-answered_at", "-pk")[:_SHOWN])
    rows = _interests(user, language)
    if not (waiting or asked or accepted or rows):
        return None
    context = {
        "waiting": waiting,
        "asked": asked,
        "accepted": [(each, each.other_than(_side(each, own))) for each in accepted],
        "interests": rows,
    }
    return Section(_("Partners for a call"), "consortia/matching/my_page.html", context)


def _side(introduction: Introduction, own: set[int]) -> int:
    """Which of the two is this person's organisation; the one that asked when both are."""
    is_ours = introduction.from_organisation_id in own
    return introduction.from_organisation_id if is_ours else introduction.to_organisation_id


def _interests(user: User, language: str) -> list[dict[str, Any]]:
    """The confirmed interests of this person's organisations in calls that visitors see."""
    own = Organisation.objects.acted_for_by(user).values("pk")
    confirmed = Interest.objects.confirmed().filter(organisation__in=own, call__in=Call.objects.public())
    found = list(confirmed.select_related("organisation", "call")[:_SHOWN])
    pages = call_pages([each.call for each in found], language)
    return [{"interest": each, "title": _title(each.call, pages)} for each in found]


def _title(call: Call, pages: dict[int, Any]) -> str:
    return str(pages[call.pk].title) if call.pk in pages else str(call.title)
