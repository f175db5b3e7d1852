"""The database's clock: what counts where seconds decide, whatever a web machine believes."""

from datetime import UTC, datetime

from django.db import connection
from django.db.models import DateTimeField, Func


def clock() -> Func:
    """In a query, or as what a column has by itself: the moment of the row, however long its transaction is open."""
    return Func(template="clock_timestamp()", output_field=DateTimeField())


def now() -> datetime:
    """The moment at which the database was asked, in UTC; ask it before waiting for anything."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT statement_timestamp()")
        found: datetime = cursor.fetchone()[0]
    return found.astimezone(UTC)
