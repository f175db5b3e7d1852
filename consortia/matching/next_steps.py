"""What a call offers besides its dates: registering an interest in it, and who completes an organisation."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext

from accounts.profile.next_steps import Deed, Done, Step
from calls.chain.models import Call
from calls.chain.standing import accepts
from consortia.interest.models import Interest
from consortia.introductions.asking import takes_introductions
from partners.organisations.models import Organisation

_MOST = 3


def partnering(done: Done) -> Iterator[Step]:
    """For who has an interest in the call the others that fit; for who has none the form, while it is open."""
    calls = {call.pk: call for call in Call.objects.public().filter(pk__in=done.keys("call")).with_chain()}
    if not calls:
        return
    for interest in _own(done, list(calls)):
        if interest.organisation and takes_introductions(calls[interest.call_id]):
            address = reverse("consortia:matches", args=[interest.call_id, interest.organisation.slug])
            yield Step(gettext("Who completes %(name)s") % {"name": interest.organisation.name}, address)
    if done.deed == Deed.INTEREST:
        return
    known = (
        Interest.objects.standing().of_person(done.user).filter(call__in=calls)
        if done.user
        else Interest.objects.none()
    )
    registered = set(known.values_list("call", flat=True))
    for call in calls.values():
        if accepts(call, "interest") and call.pk not in registered:
            yield Step(gettext("Register your interest"), reverse("consortia:interest", args=[call.pk]))


def _own(done: Done, calls: list[int]) -> list[Interest]:
    if done.user is None:
        return []
    theirs = Organisation.objects.acted_for_by(done.user).values("pk")
    found = Interest.objects.taking_part().filter(call__in=calls, organisation__in=theirs)
    return list(found.select_related("organisation")[:_MOST])
