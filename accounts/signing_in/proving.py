"""What happens when an address is proved: whoever made the account with it may have been somebody else.

Until then an account is nobody's: anybody can type an address. The first proof belongs to the holder of the mailbox.
Where it comes from a session that knows the account's password (it made the account, or was just asked for it), that
is the same person. Where it comes from elsewhere, by a code or by choosing a new password, whatever was set up before
goes: password, second factors, open sessions, sign-ins under way.
"""

from collections.abc import Iterable
from typing import Any

from allauth.account.authentication import get_authentication_records
from allauth.account.internal.flows.email_verification_by_code import EMAIL_VERIFICATION_CODE_SESSION_KEY
from allauth.account.internal.stagekit import LOGIN_SESSION_KEY, clear_login
from allauth.account.models import EmailAddress, Login
from allauth.mfa.models import Authenticator
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest
from django.utils import timezone

from accounts.privacy.keeping import Moment
from accounts.signing_in.keeping_times import UNPROVED_ACCOUNTS
from accounts.users import addresses
from accounts.users.models import User

# At once; the next run takes the rest.
MOST = 500
_MADE_HERE = "accounts_made_here"


def made_here(request: HttpRequest, user: User) -> None:
    """Remember in the session of a sign-up whose account it made."""
    request.session[_MADE_HERE] = user.pk


def end_sign_ins(user: User) -> None:
    """Open sessions of this person end with their next request, and sign-ins under way lead nowhere."""
    user.signed_out_at = timezone.now()
    user.save(update_fields=["signed_out_at"])


@transaction.atomic
def start_over(user: User) -> None:
    """Nothing that was set up for this account before opens it any more."""
    user.set_unusable_password()
    user.save(update_fields=["password"])
    Authenticator.objects.filter(user=user).delete()
    end_sign_ins(user)


def on_address_proved(request: HttpRequest, email_address: EmailAddress, **kwargs: Any) -> None:
    """Called by allauth whenever somebody proves an address."""
    user: User = email_address.user
    # Who has been in has proved an address before: this one was put in its place by an administrator.
    if user.last_login is None and not _is_own_session(request, user):
        start_over(user)


def on_password_reset(request: HttpRequest, user: User, **kwargs: Any) -> None:
    """Called by allauth when somebody with the link from the mailbox has chosen a new password, which stays."""
    if addresses.never_proved(User.objects.filter(pk=user.pk)).exists():
        Authenticator.objects.filter(user=user).delete()
        end_sign_ins(user)


def _is_own_session(request: HttpRequest, user: User) -> bool:
    if request.user.is_authenticated:
        return request.user.pk == user.pk  # only proved addresses sign in: this is a change of address
    knows_password = any(each.get("method") == "password" for each in get_authentication_records(request, user))
    return knows_password or request.session.get(_MADE_HERE) == user.pk


def drop_ended_sign_in(request: HttpRequest) -> None:
    """Forget a sign-in under way in this session that was begun before its account's sign-ins were ended."""
    begun = request.session.get(LOGIN_SESSION_KEY)
    if not begun:
        return
    login = Login.deserialize(begun)
    ended = login.user.signed_out_at if isinstance(login.user, User) else None
    if ended and login.initiated_at < ended.timestamp():
        clear_login(request)
        for key in (EMAIL_VERIFICATION_CODE_SESSION_KEY, _MADE_HERE):
            request.session.pop(key, None)


def _unproved(users: QuerySet[User], *, at: Moment) -> QuerySet[User]:
    """Accounts whose address nobody proved in time, and to which nothing else belongs."""
    bare = addresses.never_proved(users).filter(
        date_joined__lt=at - UNPROVED_ACCOUNTS.span, last_login=None, is_staff=False, is_superuser=False
    )
    bare = bare.exclude(password__startswith=UNUSABLE_PASSWORD_PREFIX)  # who signs up has one; who is invited has not
    relations: list[Any] = [*User._meta.related_objects, *User._meta.many_to_many]
    for relation in relations:
        if relation.related_model is EmailAddress:
            continue
        rows, name = _rows_beside(relation)
        bare = bare.exclude(Exists(rows.filter(**{name: OuterRef("pk")})))
    return bare


def _rows_beside(relation: Any) -> tuple[QuerySet[Any], str]:
    """The rows that point at an account by this relation, and the name by which they do."""
    if relation.many_to_many:
        # From the account to groups and rights, and from what names accounts to them.
        through = getattr(relation, "through", None) or relation.remote_field.through
        return through._default_manager.all(), "user"
    return relation.related_model._base_manager.all(), relation.field.name


def due(at: Moment) -> QuerySet[User]:
    """Accounts that go at that moment."""
    return _unproved(User.objects.all(), at=at)


@transaction.atomic
def forget_unproved() -> int:
    """Delete accounts that nobody proved within a day; safe to run twice and at once. Returns how many."""
    now = timezone.now()
    old = due(now).order_by("pk")
    keys: Iterable[int] = list(old.select_for_update(skip_locked=True).values_list("pk", flat=True)[:MOST])
    # Whoever proves an address at this moment is waited for, and asked about again.
    list(EmailAddress.objects.select_for_update().filter(user__in=keys).order_by("pk"))
    gone = _unproved(User.objects.filter(pk__in=keys), at=now)
    _count, by_model = User.objects.filter(pk__in=gone.values("pk")).delete()
    return by_model.get(User._meta.label, 0)
