"""What administrators do with the accounts of others: change an address, reset a second factor; each on record."""

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from wagtail.log_actions import log

from accounts.colleagues import emails, inviting
from accounts.signing_in import proving
from accounts.users.models import User

ADDRESS_CHANGED = "accounts.address_changed"
FACTOR_RESET = "accounts.factor_reset"
INVITED = "accounts.invited"


def colleagues() -> QuerySet[User]:
    """Who works in the admin, or is invited to."""
    return User.objects.with_perm(
        "wagtailadmin.access_admin", backend="django.contrib.auth.backends.ModelBackend"
    ).order_by("email")


@transaction.atomic
def invite(user: User, *, by: User) -> None:
    """Invite, or invite again."""
    inviting.invite(user)
    log(user, INVITED, user=by, data={"address": user.email})


@transaction.atomic
def replace_address(user: User, *, old: str, by: User) -> None:
    """The account's new address takes the place of all earlier ones: they no longer sign in, nor does what was open.

    Its holder proves the new one by the code of the next sign-in. An administrator's word is no proof: a slip would
    hand over what belongs to a stranger's mailbox. Password and second factor stay, the account being in use. Raises
    PermissionDenied where `by` may not do that.
    """
    if not may_manage(user, by=by):
        raise PermissionDenied
    EmailAddress.objects.filter(user=user).delete()
    if inviting.is_open(user):
        inviting.invite(user)
    else:
        EmailAddress.objects.create(user=user, email=user.email, verified=False, primary=True)
        proving.end_sign_ins(user)
        emails.address_changed(user, old=old)
    log(user, ADDRESS_CHANGED, user=by, data={"old": old, "new": user.email})


@transaction.atomic
def reset_factor(user: User, *, by: User) -> bool:
    """Take the second factor away, end open sessions, tell the person; False when there was none."""
    removed, _by_model = Authenticator.objects.filter(user=user).delete()
    if not removed:
        return False
    proving.end_sign_ins(user)
    emails.factor_reset(user)
    log(user, FACTOR_RESET, user=by)
    return True


def may_manage(user: User, *, by: User) -> bool:
    """Who decides about somebody's ways in: address, second factor, whether the account is open.

    Administrators about each other's, never their own; others who manage accounts not about an administrator's.
    """
    return by.pk != user.pk and by.has_perm("accounts.change_user") and (by.is_superuser or not user.is_superuser)
