"""An owner confirms or declines for an organisation: on the portal, or by the link in a mail."""

from django.db import transaction
from django.utils.translation import gettext

from accounts.users.models import User
from consortia.consortium.acting import actor, hold, note
from consortia.consortium.actions import RefusedError
from consortia.consortium.emails import hold_everybody
from consortia.consortium.models import Consortium, Member
from consortia.sign_off import emails, versions
from consortia.sign_off.models import SignOff
from partners.organisations.models import Organisation


class ChangedError(Exception):
    """The text is another one than the one that was read."""


@transaction.atomic
def confirm(consortium: Consortium, member: Member, *, number: int, by: User) -> bool:
    """Sign the version with this number; False when that was done before. Raises RefusedError and ChangedError."""
    held = hold(consortium)
    acting = actor(held, by, "confirm", member=member.pk)
    own = acting.demand("confirm")
    if own.organisation.status != Organisation.Status.LISTED:
        raise RefusedError(gettext("Only organisations in the directory sign. Ask the centre to list yours."))
    version = versions.latest(held)
    if version.number != number:
        raise ChangedError
    _, is_new = SignOff.objects.get_or_create(member=own, version=version, is_confirmed=True, defaults={"by": by})
    if not is_new:
        return False
    Member.objects.filter(pk=own.pk).update(status=Member.Status.JOINED)
    note(acting, "confirm", note=str(number))
    emails.take_back(own)
    emails.answered("consortium_confirmed", own, held)
    return True


@transaction.atomic
def decline(consortium: Consortium, member: Member, *, reason: str, by: User) -> bool:
    """Say no: the organisation is out of the text; False when it is out already. Raises RefusedError."""
    held = hold(consortium)
    if Member.objects.filter(pk=member.pk, status=Member.Status.DECLINED).exists():
        return False
    acting = actor(held, by, "decline", member=member.pk)
    own = acting.demand("decline")
    hold_everybody(held)
    SignOff.objects.create(member=own, version=versions.latest(held), is_confirmed=False, reason=reason, by=by)
    Member.objects.filter(pk=own.pk).update(status=Member.Status.DECLINED)
    note(acting, "decline", note=reason)
    emails.take_back(own)
    emails.answered("consortium_declined", own, held, reason=reason)
    versions.renew(held)
    return True
