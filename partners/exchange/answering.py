"""An answer to an offer or request finds its way to the people of the organisation, and the sender gets a copy."""

from django.db import transaction

from accounts.users import addresses
from accounts.users.models import User
from partners.contact.writing import Receiver, digest_of, members, receivers
from partners.exchange import emails
from partners.exchange.models import Notice


def who_hears(notice: Notice) -> list[Receiver]:
    """The members; where there are none, whoever gets messages to the organisation."""
    return members(notice.organisation) or receivers(notice.organisation)


@transaction.atomic
def answer(notice: Notice, *, name: str, email: str, message: str, language: str, by: User | None) -> None:
    """Pass the answer on; sent twice it is one. The copy repeats the words only to who proved to hold the address."""
    key = digest_of(email, message)
    for receiver in who_hears(notice):
        emails.answer(notice, receiver, name=name, email=email, message=message, key=key)
    words = message if addresses.holds(by, email) else ""
    emails.answer_copy(notice, Receiver(email, language), name=name, message=words, key=key)
