"""A text of a proposal is written by several people at once: each save says which version it was written upon."""

from datetime import datetime
from hashlib import sha256

from django.db import connection, transaction
from django.utils.translation import gettext

from accounts.users.models import User
from consortia.asked_parts.counting import length, measure, tidy
from consortia.asked_parts.models import AskedPart
from consortia.consortium.acting import Actor, actor, hold, note
from consortia.consortium.actions import RefusedError
from consortia.consortium.models import Consortium
from consortia.consortium.stale import ChangedError
from consortia.filling.deadline import closing
from consortia.filling.models import Filling, TextVersion
from consortia.receipts import clock

# So many versions of one text; who saves every minute for a week has fewer.
MOST = 5_000


@transaction.atomic
def write(
    consortium: Consortium, part: AskedPart, *, text: str, was: int, by: User, arrived: datetime | None = None
) -> TextVersion | None:
    """The next version, upon the one with the number `was` (0: none); None when these words stand already.

    `arrived`: when the complete request came, by the database's clock. Raises RefusedError, and ChangedError where
    somebody else saved meanwhile.
    """
    arrived = arrived or clock.now()
    acting = take_part(consortium, by, arrived)
    asked = asked_of(acting.consortium, part, AskedPart.Kind.TEXT)
    found = Filling.objects.filter(consortium=acting.consortium, part=asked).first()
    last = found.texts.select_related("by").first() if found else None
    words = tidy(text)
    if (last.text if last else "") == words:
        return None
    if (last.number if last else 0) != was:
        raise ChangedError(last.organisation_name if last else "", last.by if last else None, last.at if last else None)
    if said := too_long(asked, words):
        raise RefusedError(said)
    if was >= MOST:
        raise RefusedError(gettext("This text has %(number)d versions, which is the most.") % {"number": MOST})
    filling = found or Filling.objects.create(consortium=acting.consortium, part=asked)
    made = TextVersion.objects.create(
        filling=filling,
        number=was + 1,
        text=words,
        sha256=sha256(words.encode()).hexdigest(),
        organisation_name=acting.member.organisation.name if acting.member else "",
        by=by,
        at=arrived,
    )
    note(acting, "fill_part", note=str(asked))
    return made


def too_long(part: AskedPart, text: str) -> str:
    """What is said of a text beyond its limit: how long it is, and by how much too long; else nothing."""
    number = length(text, part.unit)
    if number <= part.limit:
        return ""
    said = gettext("This is %(number)s; the limit is %(most)s. Shorten it by %(over)s.")
    return said % {
        "number": measure(number, part.unit),
        "most": measure(part.limit, part.unit),
        "over": measure(number - part.limit, part.unit),
    }


def take_part(consortium: Consortium, by: User, arrived: datetime) -> Actor:
    """The consortium is held, and this person may fill its proposal now. Raises RefusedError."""
    acting = actor(hold(consortium), by, "fill_part", now=arrived)
    acting.demand("fill_part")
    if said := closing(acting.consortium.call, arrived).refusal:
        raise RefusedError(said)
    return acting


def asked_of(consortium: Consortium, part: AskedPart, kind: str) -> AskedPart:
    """The part as it is asked now, kept from being taken away until this transaction ends. Raises RefusedError."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT FROM consortia_askedpart WHERE id = %s FOR KEY SHARE", [part.pk])
    found = AskedPart.objects.asked().filter(call=consortium.call_id, pk=part.pk, kind=kind).first()
    if found is None:
        said = gettext("The centre does not ask for this part any more. Copy your words if you want to keep them.")
        raise RefusedError(said)
    return found
