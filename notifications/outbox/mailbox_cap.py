"""How much mail strangers can cause in one mailbox, whatever form of the portal they use.

Every single mail passes here on its way into the outbox. What a request causes at an address whose owner is not proved
to have sent it counts against one cap per address and hour; staff, the owner of an address and whoever opens a link
that was mailed there are no strangers to it. The cap delays mail and never hinders what it is about: a seat is taken,
an interest registered, and the mail leaves when its turn comes.
"""

import hmac
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from django.conf import settings
from django.db import connection
from django.db.models import QuerySet
from django.db.models.functions import Now

from accounts.privacy import erasing
from accounts.privacy.keeping import Moment
from accounts.public_forms import throttling
from accounts.users import visits
from notifications.outbox.keeping_times import UNINVITED_MAILS
from notifications.outbox.models import UninvitedMail

HOUR = timedelta(hours=1)


@dataclass(frozen=True)
class Allowance:
    """How many mails an hour an address gets on behalf of strangers: of one of them, and of all together.

    `is_kept`: the mail is all that there is of what somebody wrote, so it waits as long as it takes; other mail can be
    asked for again, and only so much of it waits.
    """

    by_one: int
    in_all: int
    is_kept: bool = False


# An address that somebody typed. One visitor alone cannot use it all up: what others ask for still comes at once.
TYPED = Allowance(by_one=4, in_all=6)
# Codes and links to sign in and up: a part of the cap is theirs, so that no form keeps anybody out of an account.
SIGNING_IN = Allowance(by_one=4, in_all=8)
# Mailboxes that are there to be written to: the centre's, an organisation's.
NAMED = Allowance(by_one=20, in_all=60, is_kept=True)
# Of what can be asked for again, so many hours of mail wait at most.
LONGEST_QUEUE = 3
# Each lock is waited for before the clock is read for its row; what is volatile is never left out.
_ALONE = """
SELECT max(clock_timestamp()) FROM (
    SELECT pg_advisory_xact_lock(hashtextextended(mailbox, 0)) FROM unnest(%s::text[]) AS mailbox
) AS held
"""
# Only once they are locked: what was written during the wait is seen by the next statement.
_RECENT = """
SELECT mailbox, due_at, source FROM notifications_uninvitedmail
WHERE mailbox = ANY(%(mailboxes)s) AND due_at > %(since)s ORDER BY due_at DESC
"""
# Their mailboxes have any number of dots in the name, and two domains (Google, "Dots don't matter in Gmail addresses").
_DOTLESS = {"gmail.com", "googlemail.com"}


class NoTurnError(Exception):
    """So much waits for this address already that this mail would come too late to be of use."""


def turn(email: str, allowance: Allowance) -> UninvitedMail | None:
    """The turn of a mail to this address, for `take`; None: it leaves at once, and nobody counts.

    Call it in the mail's transaction: the address stays locked until that ends.
    """
    request = visits.stranger_to(email)
    if request is None:
        return None
    (found,) = _free([(email, throttling.client_source(request))], allowance)
    if found is None:
        raise NoTurnError
    return found


def hold(emails: Iterable[str]) -> None:
    """Lock the mailboxes to which the caller's transaction writes one after the other, before the first of them.

    In the order in which everybody takes them: else two who write to the same people, each in an order of their own,
    wait for each other, and the database ends one of the two with all that it was about. Those that `turn` does not
    lock are left alone here, too.
    """
    if mailboxes := sorted({_disguised(mailbox_of(email)) for email in set(emails) if visits.stranger_to(email)}):
        _alone_with(mailboxes)


def take(turns: Iterable[UninvitedMail | None]) -> None:
    """Count these: their mails were written."""
    UninvitedMail.objects.bulk_create([turn for turn in turns if turn])


def turns(asked: Sequence[tuple[str, str]], allowance: Allowance) -> list[datetime | None]:
    """When each of these mails may leave: to an address, on behalf of a source; None where too much waits already.

    The turns are taken, and the addresses stay locked until the transaction ends.
    """
    found = _free(asked, allowance)
    take(found)
    return [each.due_at if each else None for each in found]


def _free(asked: Sequence[tuple[str, str]], allowance: Allowance) -> list[UninvitedMail | None]:
    """The next turns that nobody has; the addresses are locked from here on."""
    named = [(_disguised(mailbox_of(email)), _disguised(source)) for email, source in asked]
    now = _alone_with(sorted({mailbox for mailbox, _source in named}))
    taken: dict[str, list[tuple[datetime, str]]] = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute(_RECENT, {"mailboxes": [mailbox for mailbox, _source in named], "since": now - HOUR})
        for mailbox, due_at, source in cursor.fetchall():
            taken[mailbox].append((due_at, source))
    found: list[UninvitedMail | None] = []
    for mailbox, source in named:
        its_turn = _turn(taken[mailbox], source, now, allowance)
        if its_turn:
            taken[mailbox].append((its_turn, source))
        found.append(UninvitedMail(mailbox=mailbox, source=source, due_at=its_turn) if its_turn else None)
    return found


def _turn(taken: Sequence[tuple[datetime, str]], source: str, now: datetime, allowance: Allowance) -> datetime | None:
    own = [due_at for due_at, by in taken if by == source]
    every = [due_at for due_at, _by in taken]
    if not allowance.is_kept:
        waiting_own, waiting = (sum(due_at > now for due_at in turns) for turns in (own, every))
        if waiting_own >= allowance.by_one or waiting >= allowance.in_all * LONGEST_QUEUE:
            return None
    moments = sorted({now, *(due_at + HOUR for due_at in every if due_at + HOUR > now)})
    return next(
        moment
        for moment in moments
        if _has_room(own, allowance.by_one, moment) and _has_room(every, allowance.in_all, moment)
    )


def mailbox_of(email: str) -> str:
    """One spelling for all addresses that end up in the same mailbox, as far as addresses tell.

    What follows a `+` is a note to the receiver (RFC 5233), quotes around a name mean nothing (RFC 5321, 4.1.2), and a
    domain is the same in all the letters that mail servers write alike (RFC 3490).
    """
    name, _at, domain = unicodedata.normalize("NFKC", email).strip().lower().rpartition("@")
    with suppress(UnicodeError):  # no mail finds such a domain
        domain = domain.encode("idna").decode("ascii")
    if len(name) > 2 and name[0] == name[-1] == '"':
        name = re.sub(r"\\(.)", r"\1", name[1:-1])
    name = name.split("+")[0] or name
    if domain in _DOTLESS:
        name, domain = name.replace(".", ""), "gmail.com"
    return f"{name}@{domain}"


def due(at: Moment) -> QuerySet[UninvitedMail]:
    """What no longer counts at that moment."""
    return UninvitedMail.objects.filter(due_at__lt=at - UNINVITED_MAILS.span)


def forget() -> int:
    """Delete what no longer counts."""
    return erasing.delete(due(Now()))


def _alone_with(mailboxes: Sequence[str]) -> datetime:
    """Others who write to these mailboxes wait until the transaction ends; the clock is read after our own wait.

    All take them in the same order, so nobody waits in a circle.
    """
    with connection.cursor() as cursor:
        cursor.execute(_ALONE, [list(mailboxes)])
        moment: datetime = cursor.fetchone()[0]
        return moment


def _has_room(taken: Sequence[datetime], limit: int, moment: datetime) -> bool:
    """Whether one more at this moment leaves no hour with more than `limit`; an hour after the last one there is."""
    near = [each for each in taken if moment - HOUR < each < moment + HOUR]
    starts = [moment, *(each for each in near if each <= moment)]
    return all(sum(start <= each < start + HOUR for each in near) < limit for start in starts)


def _disguised(value: str) -> str:
    """Neither addresses nor networks are kept as they are: this only has to be the same for the same."""
    return hmac.new(settings.SECRET_KEY.encode(), f"mailbox:{value}".encode(), sha256).hexdigest()
