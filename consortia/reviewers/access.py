"""As what somebody reviews a call, and what there is to review. Nobody else finds anything of it."""

from uuid import UUID

from django.http import Http404
from django.shortcuts import get_object_or_404

from accounts.users.models import User
from calls.chain.models import Call
from consortia.consortium.models import Consortium, ConsortiumQuerySet
from consortia.reviewers.models import Reviewer


def reviewed(call: Call) -> ConsortiumQuerySet:
    """The declared consortia of a call, by name; none that is a draft, given up, or no longer stands."""
    return Consortium.objects.filter(call=call, status=Consortium.Status.DECLARED).order_by("name", "pk")


def seat(user: User, call: Call) -> Reviewer | None:
    """As what somebody reviews the call now; None for everybody else, staff included."""
    return Reviewer.objects.active().select_related("user").filter(call=call, user=user).first()


def seat_in(user: User, call_id: int) -> Reviewer:
    """The same by the key of the call; for everybody else there is no such page."""
    active = Reviewer.objects.active().select_related("user", "call")
    return get_object_or_404(active, call=call_id, user=user)


def seat_for(user: User, key: UUID) -> tuple[Reviewer, Consortium]:
    """The declared consortium with this key for who reviews its call; for everybody else there is none."""
    found = Consortium.objects.filter(status=Consortium.Status.DECLARED, uuid=key).select_related("call").first()
    own = seat(user, found.call) if found else None
    if found is None or own is None:
        raise Http404
    return own, found
