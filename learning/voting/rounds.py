"""Rounds of votes: staff open one with its end and close it; the clock of the database counts."""

from datetime import datetime, timedelta

from django.db import connection, transaction
from django.db.models import F
from django.db.models.functions import Least, Now

from accounts.users.models import User
from learning.questions.rules import demand_staff
from learning.voting.models import Round

# A year, and a day for whoever counts it from tomorrow.
LONGEST = timedelta(days=367)
# The number only has to differ from those of others.
_LOCK = 7_300_063


class OpenError(Exception):
    """A round is open already: it is closed first."""


class PastError(Exception):
    """The end lies in the past."""


class FarError(Exception):
    """The end lies so far ahead that it is a slip of the pen: nobody can open another round before."""


@transaction.atomic
def open_round(*, until: datetime, by: User) -> Round:
    """From now until then. Raises NotAllowedError, OpenError, PastError and FarError."""
    demand_staff(by)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s), %s - statement_timestamp()", [_LOCK, until])
        left = cursor.fetchone()[1]
    if left <= timedelta():
        raise PastError
    if left > LONGEST:
        raise FarError
    if Round.objects.open().exists():
        raise OpenError
    # One whose time is over is closed by that.
    Round.objects.filter(closed_at=None).update(closed_at=F("until"))
    return Round.objects.create(until=until, opened_by=by)


@transaction.atomic
def close(round_: Round, *, by: User) -> bool:
    """No more votes, and everybody sees the results; False when it was closed before. Raises NotAllowedError."""
    demand_staff(by)
    # Votes that hold the round are counted first.
    Round.objects.select_for_update(of=["self"]).get(pk=round_.pk)
    closed = Round.objects.filter(pk=round_.pk, closed_at=None)
    return bool(closed.update(closed_at=Least(Now(), F("until")), closed_by=by))


def open_now() -> Round | None:
    """The round in which votes count now."""
    return Round.objects.open().first()
