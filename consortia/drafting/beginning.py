"""An organisation begins a consortium for a call, and gives it up."""

from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.db.models.functions import Now
from django.utils.translation import gettext

from accounts.privacy import erasing
from accounts.privacy.keeping import Moment
from accounts.users.models import User
from calls.chain.models import Call
from calls.chain.standing import call_state
from consortia.consortium import emails
from consortia.consortium.acting import actor, hold, note
from consortia.consortium.actions import RefusedError
from consortia.consortium.keeping_times import CONSORTIA
from consortia.consortium.models import Consortium, Member
from consortia.interest.models import Contribution, Interest
from consortia.sign_off import versions
from partners.organisations.locking import hold as hold_organisation
from partners.organisations.models import Membership, Organisation

# So many drafts one organisation may lead in a call at once.
MOST = 5


def why_not(call: Call, organisation: Organisation, user: User) -> str:
    """Why this person cannot begin one for the organisation now; empty when it is possible."""
    if not Membership.objects.filter(user=user, organisation=organisation).exists():
        return gettext("Only people of the organisation do this.")
    if organisation.status != Organisation.Status.LISTED:
        return gettext("Only organisations in the directory form a consortium. Ask the centre to list yours.")
    if call_state(call).code in {"closed", "withdrawn"}:
        return gettext("The call is over. Wait for the next one.")
    if not Interest.objects.confirmed().filter(call=call, organisation=organisation).exists():
        return gettext("Show interest in the call first.")
    led = Member.objects.filter(organisation=organisation, is_lead=True, consortium__call=call)
    if led.filter(consortium__status=Consortium.Status.DRAFT).count() >= MOST:
        said = gettext("Your organisation leads %(number)d drafts in this call. Give one up first.")
        return said % {"number": MOST}
    return ""


@transaction.atomic
def begin(
    call: Call, organisation: Organisation, *, key: UUID, name: str, summary: dict[str, str], by: User
) -> Consortium:
    """The organisation leads it; the same `key` again is the same draft. Raises RefusedError."""
    hold_organisation(organisation)
    known = Consortium.objects.of_person(by).filter(uuid=key).first()
    if known:
        return known
    if Consortium.objects.filter(uuid=key).exists():  # somebody else's: no form of ours has it
        raise RefusedError(gettext("Something changed meanwhile. Nothing was done: look once more."))
    if said := why_not(call, organisation, by):
        raise RefusedError(said)
    made = Consortium.objects.create(uuid=key, call=call, name=name, summary=summary)
    lead = Member.objects.create(consortium=made, organisation=organisation, status=Member.Status.JOINED, is_lead=True)
    given = Contribution.objects.filter(
        interest__call=call, interest__organisation=organisation, interest__status=Interest.Status.CONFIRMED
    )
    lead.tracks.set(given.values_list("track", flat=True))
    note(actor(made, by, "give_up", member=lead.pk), "begin")
    versions.renew(made)
    return made


@transaction.atomic
def give_up(consortium: Consortium, *, by: User) -> bool:
    """It goes no further; all others in it hear of it. False when it was given up before. Raises RefusedError."""
    held = hold(consortium)
    acting = actor(held, by, "give_up")
    if held.status == Consortium.Status.GIVEN_UP and acting.member:
        return False
    acting.demand("give_up")
    Consortium.objects.filter(pk=held.pk).update(status=Consortium.Status.GIVEN_UP)
    note(acting, "give_up")
    emails.take_back(held)
    others = held.members.standing().filter(is_lead=False).select_related("organisation")
    for other, people in emails.people_of(others):
        emails.tell("consortium_given_up", held, people, organisation=other.organisation.name)
    return True


def due(at: Moment) -> QuerySet[Consortium]:
    """Those that nobody changed for long at that moment."""
    return Consortium.objects.filter(changed_at__lt=at - CONSORTIA.span)


def forget() -> int:
    """Delete those that nobody changed for long, with all that was said in them."""
    return erasing.delete(due(Now()))
