"""Who is in it: invited and taken back by the lead, gone of itself or removed; and who leads."""

from django.db import transaction
from django.utils.translation import gettext

from accounts.users.models import User
from consortia.consortium import emails
from consortia.consortium.acting import actor, hold, note
from consortia.consortium.actions import RefusedError
from consortia.consortium.models import Consortium, Member
from consortia.declaration.voiding import void
from consortia.sign_off import emails as asking
from consortia.sign_off import versions
from partners.contact.receivers import members
from partners.organisations.models import Membership, Organisation

# So many organisations are in one at once.
MOST = 40


@transaction.atomic
def invite(consortium: Consortium, organisation: Organisation, *, by: User) -> bool:
    """Ask its owners to sign; False when it is in already. Raises RefusedError."""
    held = hold(consortium)
    acting = actor(held, by, "invite")
    lead = acting.demand("invite")
    if organisation.status != Organisation.Status.LISTED:
        raise RefusedError(gettext("Only organisations in the directory are invited."))
    if not members(organisation, role=Membership.Role.OWNER):
        raise RefusedError(gettext("No owner acts for it here yet, so nobody could sign. Write to it first."))
    known = Member.objects.filter(consortium=held, organisation=organisation).first()
    if known and known.status in Member.STANDING:
        return False
    if held.members.standing().count() >= MOST:
        raise RefusedError(gettext("There are %(number)d organisations in it, which is the most.") % {"number": MOST})
    member = known or Member(consortium=held, organisation=organisation)
    member.status = Member.Status.INVITED
    member.invitation += 1 if known else 0
    member.save()
    emails.hold_everybody(held)
    note(acting, "invite", about=member)
    versions.renew(held)
    asking.ask("consortium_invited", member, lead=lead.organisation.name)
    return True


@transaction.atomic
def withdraw_invitation(consortium: Consortium, member: Member, *, by: User) -> bool:
    """Before it was answered; False when that was done before. Raises RefusedError."""
    return _out(consortium, member, "withdraw_invitation", Member.Status.WITHDRAWN, by=by)


@transaction.atomic
def remove(consortium: Consortium, member: Member, *, by: User) -> bool:
    """Its people hear of it and see the draft no more; False when that was done before. Raises RefusedError."""
    return _out(consortium, member, "remove", Member.Status.REMOVED, by=by)


@transaction.atomic
def leave(consortium: Consortium, member: Member, *, by: User) -> bool:
    """The own organisation goes, and a declaration is void; False when that was done before. Raises RefusedError."""
    held = hold(consortium)
    if _is(member, Member.Status.LEFT):
        return False
    acting = actor(held, by, "leave", member=member.pk)
    own = acting.demand("leave")
    Member.objects.filter(pk=own.pk).update(status=Member.Status.LEFT)
    note(acting, "leave")
    asking.take_back(own)
    void(held, gone=own)
    versions.renew(held)
    return True


@transaction.atomic
def hand_over(consortium: Consortium, member: Member, *, by: User) -> bool:
    """Another organisation leads from now on; False when it does already. Raises RefusedError."""
    held = hold(consortium)
    about = held.members.select_related("organisation").get(pk=member.pk)
    acting = actor(held, by, "hand_over")
    if about.is_lead and acting.member:
        return False
    lead = acting.demand("hand_over", about)
    emails.hold_everybody(held)
    Member.objects.filter(pk=lead.pk).update(is_lead=False)
    Member.objects.filter(pk=about.pk).update(is_lead=True)
    note(acting, "hand_over", about=about)
    versions.renew(held)
    emails.tell(
        "consortium_handed_over",
        held,
        members(about.organisation),
        organisation=about.organisation.name,
        lead=lead.organisation.name,
    )
    return True


def _out(consortium: Consortium, member: Member, action: str, status: Member.Status, *, by: User) -> bool:
    held = hold(consortium)
    about = held.members.select_related("organisation", "consortium").get(pk=member.pk)
    acting = actor(held, by, action)
    if about.status == status and acting.member:
        return False
    acting.demand(action, about)
    emails.hold_everybody(held)
    Member.objects.filter(pk=about.pk).update(status=status)
    note(acting, action, about=about)
    asking.take_back(about)
    versions.renew(held)
    told = members(about.organisation)
    emails.tell("consortium_removed", held, told, organisation=about.organisation.name)
    return True


def _is(member: Member, status: Member.Status) -> bool:
    return Member.objects.filter(pk=member.pk, status=status).exists()
