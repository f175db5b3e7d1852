"""Who may ask for an introduction, who answers and who sees it: people who act for one of the two, nobody else."""

from dataclasses import dataclass
from typing import cast

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from accounts.users.models import User
from calls.chain.models import Call
from consortia.interest.models import Interest
from consortia.introductions.models import Introduction
from partners.organisations.models import Membership, Organisation


@dataclass(frozen=True)
class Rights:
    """What one person may do with an introduction that they see."""

    answer: bool = False
    withdraw: bool = False


def own_interest(request: HttpRequest, call_id: int, slug: str) -> Interest:
    """The interest in a call of an organisation that the person acts for; for others, staff too, there is none."""
    call = get_object_or_404(Call.objects.public(), pk=call_id)
    own = Organisation.objects.acted_for_by(cast(User, request.user)).with_facts().filter(slug=slug).first()
    found = interest_of(own, call) if own else None
    if own is None or found is None:
        raise Http404
    found.organisation = own
    return found


def interest_of(organisation: Organisation, call: Call) -> Interest | None:
    """The interest by which an organisation takes part."""
    confirmed = Interest.objects.confirmed().select_related("call", "sector")
    return confirmed.filter(organisation=organisation, call=call).first()


def seen(request: HttpRequest, key: int) -> Introduction:
    """The introduction with this key, for who acts for one of the two."""
    visible = Introduction.objects.of_person(cast(User, request.user)).with_names()
    return get_object_or_404(visible.select_related("asked_by", "answered_by"), pk=key)


def rights(introduction: Introduction, user: User) -> Rights:
    """Who is asked answers; who asked takes it back, as long as nobody answered. To what is hidden nobody answers."""
    if not introduction.is_waiting:
        return Rights()
    own = set(Membership.objects.filter(user=user).values_list("organisation_id", flat=True))
    return Rights(
        answer=introduction.to_organisation_id in own and introduction.is_answerable,
        withdraw=introduction.from_organisation_id in own,
    )


def contact(person: User | None, organisation: Organisation) -> User | None:
    """Whose name and address the other side sees: nobody's who no longer acts for the organisation."""
    acts = person and Membership.objects.filter(user=person, organisation=organisation).exists()
    return person if acts else None
