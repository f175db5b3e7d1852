"""An answer to an offer or request finds its way to the people of the organisation, and the sender gets a copy."""

from functools import partial
from typing import Any

from partners.contact.receivers import Receiver, members, receivers
from partners.contact.writing import pass_on
from partners.exchange import emails
from partners.exchange.models import Notice


def who_hears(notice: Notice) -> list[Receiver]:
    """The members; where there are none, whoever gets messages to the organisation."""
    return members(notice.organisation) or receivers(notice.organisation)


def answer(notice: Notice, **said: Any) -> None:
    """Pass an answer on; takes what `pass_on` takes of it."""
    pass_on(who_hears(notice), tell=partial(emails.answer, notice), copy=partial(emails.answer_copy, notice), **said)
