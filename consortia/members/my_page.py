"""What "my page" shows of this app."""

from typing import Any

from django.utils.translation import gettext as _

from accounts.profile.my_page import Section
from accounts.users.models import User
from calls.chain.models import Deadline
from calls.chain.standing import accepts, chain
from calls.pages.call_calendars import call_pages
from consortia.interest.models import Interest
from consortia.interest.profiles import way_to_profile, with_namesake
from consortia.members.undoing import withdrawn_by

_MOST_WITHDRAWN = 10


def interests(user: User, language: str) -> Section | None:
    """The calls that this person, or an organisation of theirs, showed interest in."""
    facts = {"interests": _rows(user, language), "withdrawn": _withdrawn(user, language)}
    return Section(_("Interest in calls"), "consortia/my_page.html", facts) if any(facts.values()) else None


def _withdrawn(user: User, language: str) -> list[dict[str, Any]]:
    """What was withdrawn and can stand again, while its call takes interest; the newest of each organisation."""
    found = list(withdrawn_by(user).select_related("call").prefetch_related("call__deadlines")[:_MOST_WITHDRAWN])
    newest = {(each.call_id, each.organisation_name): each for each in reversed(found)}
    can_stand = [each for each in newest.values() if accepts(each.call, Deadline.Governs.INTEREST)]
    pages = call_pages([each.call for each in can_stand], language)
    return [{"interest": each, "page": pages.get(each.call_id)} for each in can_stand]


def _rows(user: User, language: str) -> list[dict[str, Any]]:
    """Each interest with its call's page, what comes next there, and whether it can still be changed."""
    standing = with_namesake(Interest.objects.standing().of_person(user))
    interests = list(standing.select_related("call", "sector").prefetch_related("call__deadlines")[:50])
    pages = call_pages([interest.call for interest in interests], language)
    return [
        {
            "interest": interest,
            "page": pages.get(interest.call_id),
            "next_step": None if interest.call.withdrawn_at else chain(interest.call).next_step,
            "can_change": accepts(interest.call, Deadline.Governs.INTEREST),
            "profile_page": None
            if interest.organisation_id
            else way_to_profile(interest, vars(interest)["namesake_slug"]),
        }
        for interest in interests
    ]
