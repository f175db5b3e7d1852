"""The moment of a receipt: by the database's clock, as it is written there."""

from datetime import UTC, datetime

from hub.dates.database_clock import now

__all__ = ["now", "written"]


def written(moment: datetime) -> str:
    """As it stands in receipts: RFC 3339, in UTC, to the microsecond."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")
