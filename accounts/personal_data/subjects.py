"""Whose data it is: an account with the addresses it proved, or an address without an account."""

from dataclasses import dataclass

from accounts.users import addresses
from accounts.users.models import User


@dataclass(frozen=True)
class Subject:
    """One person, as far as the portal can tell: by the account, or by the mailbox alone."""

    # In lower case, each proved: by the account, or by a link that was mailed there.
    emails: tuple[str, ...]
    user: User | None = None

    @property
    def email(self) -> str:
        """Where mail to this person goes."""
        return self.emails[0] if self.emails or self.user is None else self.user.email

    @property
    def language(self) -> str:
        """The language that the account chose; empty for guests."""
        return self.user.mail_language if self.user else ""

    @property
    def name(self) -> str:
        """First and last name, where the account has both: one alone is a word that others have, too."""
        user = self.user
        return user.get_full_name() if user and user.first_name and user.last_name else ""


def of_account(user: User) -> Subject:
    """Somebody with an account: what is joined to addresses that they only typed is not theirs."""
    proved = sorted(addresses.proved_by(user), key=lambda each: (each != user.email, each))
    return Subject(tuple(proved), user)


def of_address(email: str) -> Subject:
    """Who holds this mailbox, which was proved just now: the account that has it, else the address by itself.

    An account that has it for its name and proved nothing yet counts as its own, too.
    """
    email = User.normalise_email(email)
    if user := addresses.holders(email).first():
        return of_account(user)
    return Subject((email,), addresses.never_proved(User.objects.filter(email=email)).first())
