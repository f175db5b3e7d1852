"""Staff who act for an organisation in a call: as staff they read no more than names of it, release nothing,
and do not say who reviews it.
"""

from collections.abc import Collection

from django.utils.translation import gettext

from accounts.users.models import User
from calls.chain.models import Call
from consortia.conflicts.computing import conflicts
from consortia.conflicts.models import Kind
from consortia.conflicts.words import reason
from consortia.consortium.models import Consortium
from consortia.reviewers.access import reviewed
from consortia.reviewers.models import Reviewer

# Not the mailboxes and introductions that keep reviewers away: no chair lifts anything for staff, and an organisation
# that shares the centre's own domain would keep all of them out.
KINDS = frozenset({Kind.MEMBER, Kind.FORMER, Kind.RIVAL, Kind.FORMER_RIVAL, Kind.DRAFT, Kind.FORMER_DRAFT})


def refusal_to_read(user: User, consortium: Consortium) -> str:
    """Why this person reads no more than its name as staff, in words; empty when they may."""
    if why := _why(user, consortium.call, [consortium]):
        said = gettext(
            "You act, or acted lately, for an organisation that takes part in this call, so you read no more than "
            "names here. Ask a colleague who acts for none. %(reason)s"
        )
        return said % {"reason": why}
    return ""


def refusal_to_decide(user: User, call: Call) -> str:
    """Why this person neither releases nor reads what was recommended in a call, in words; empty when they may."""
    if why := _why(user, call, list(reviewed(call))):
        said = gettext(
            "You act, or acted lately, for an organisation that takes part in this call, so you neither release nor "
            "read its recommendations as staff. Ask a colleague who acts for none. %(reason)s"
        )
        return said % {"reason": why}
    return ""


def refusal_to_arrange(user: User, call: Call) -> str:
    """Why this person does not say who reviews a call, in words; empty when they may.

    Reviewers are found before anything is declared, so drafts count, too: whoever takes part at all is a rival of one
    that is nobody's.
    """
    if why := _why(user, call, [Consortium(pk=0, call=call)]):
        said = gettext(
            "You act, or acted lately, for an organisation that takes part in this call, so you do not say who reviews "
            "it. Ask a colleague who acts for none. %(reason)s"
        )
        return said % {"reason": why}
    return ""


def _why(user: User, call: Call, consortia: Collection[Consortium]) -> str:
    """The first reason, computed as if the person reviewed the call; in as many queries, however many consortia."""
    asked = Reviewer(pk=0, call=call, user=user)
    found = conflicts(call, [asked], consortia).values()
    return next((reason(each) for of in found for each in of if each.kind in KINDS), "")
