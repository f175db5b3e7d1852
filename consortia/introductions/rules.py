"""Who may ask for an introduction, who answers and who sees it: people who act for one of the two, nobody else."""

from dataclasses import dataclass
from typing import cast

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext

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
    # Why nobody can answer, although it waits.
    obstacle: str = ""


def own_interest(request: HttpRequest, call_id: int, slug: str) -> Interest:
    """The interest in a call of a listed organisation that the person acts for; there is none for others, staff too."""
    call = get_object_or_404(Call.objects.public(), pk=call_id)
    own = Organisation.objects.acted_for_by(cast(User, request.user)).with_facts().filter(slug=slug).first()
    found = interest_of(own, call) if own else None
    if own is None or found is None:
        raise Http404
    found.organisation = own
    return found


def interest_of(organisation: Organisation, call: Call) -> Interest | None:
    """The interest by which an organisation takes part; that of one which the centre hid takes no part."""
    counting = Interest.objects.taking_part().select_related("call", "sector")
    return counting.filter(organisation=organisation, call=call).first()


def obstacle(introduction: Introduction) -> str:
    """Why it cannot be answered now, in words; empty when it can: both are in the directory and take part."""
    for organisation in (introduction.from_organisation, introduction.to_organisation):
        if interest_of(organisation, introduction.call) is not None:
            continue
        if Organisation.objects.public().filter(pk=organisation.pk).exists():
            said = gettext("%(name)s does not take part in this call any more, so there is nothing to answer.")
        else:
            said = gettext("%(name)s is not in the directory now. As long as that is so, this cannot be answered.")
        return said % {"name": organisation.name}
    return ""


def seen(request: HttpRequest, key: int) -> Introduction:
    """The introduction with this key, for who acts for one of the two."""
    visible = Introduction.objects.of_person(cast(User, request.user)).with_names()
    return get_object_or_404(visible.select_related("asked_by", "answered_by"), pk=key)


def rights(introduction: Introduction, user: User) -> Rights:
    """Who is asked answers; who asked takes it back, as long as nobody answered. Who acts for both does neither, and
    nobody answers where there is an obstacle.
    """
    if not introduction.is_waiting or act_for_both(user, introduction.from_organisation, introduction.to_organisation):
        return Rights()
    own = set(Membership.objects.filter(user=user).values_list("organisation_id", flat=True))
    stopped = obstacle(introduction)
    return Rights(
        answer=introduction.to_organisation_id in own and not stopped,
        withdraw=introduction.from_organisation_id in own,
        obstacle=stopped,
    )


def act_for_both(user: User | None, one: Organisation, other: Organisation) -> bool:
    """Whether somebody need not be introduced: they know both from within."""
    return user is not None and Membership.objects.filter(user=user, organisation__in=[one, other]).count() == 2


def contact(person: User | None, organisation: Organisation) -> User | None:
    """Whose name and address the other side sees: nobody's who no longer acts for the organisation."""
    acts = person and Membership.objects.filter(user=person, organisation=organisation).exists()
    return person if acts else None
