"""Which addresses an account has proved to hold: the only ones through which anything is joined to it.

An address that somebody typed is no proof, be it the name of their account.
"""

from allauth.account.models import EmailAddress
from django.db.models import Exists, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Lower
from django.db.models.lookups import Exact

from accounts.users.models import User


def at(way: str, email: str) -> Q:
    """Rows whose column, or the one that the way `registration__email` leads to, holds the address in whatever case.

    Compared in lower case: the upper case of `ı` is that of `i`, so that `__iexact` finds another domain, too.
    """
    return Q(Exact(Lower(way), Value(User.normalise_email(email))))


def proved_by(user: User) -> QuerySet[EmailAddress, str]:
    """The addresses, in the lower case in which all are kept; for a condition `email__in`."""
    return EmailAddress.objects.filter(user=user, verified=True).values_list("email", flat=True)


def holders(email: str) -> QuerySet[User]:
    """Who has proved to hold the address: one person, or nobody yet."""
    proved = EmailAddress.objects.filter(email=User.normalise_email(email), verified=True)
    return User.objects.filter(pk__in=proved.values("user"))


def holds(user: User | None, email: str) -> bool:
    """Whether this person, if there is one, has proved to hold the address."""
    return user is not None and proved_by(user).filter(email=User.normalise_email(email)).exists()


def with_proved_name(users: QuerySet[User]) -> QuerySet[User]:
    """Those whose own address, the one that mail to them goes to, is proved."""
    return users.filter(
        Exists(EmailAddress.objects.filter(user=OuterRef("pk"), email=OuterRef("email"), verified=True))
    )


def never_proved(users: QuerySet[User]) -> QuerySet[User]:
    """Those who have proved no address at all."""
    return users.exclude(Exists(EmailAddress.objects.filter(user=OuterRef("pk"), verified=True)))
