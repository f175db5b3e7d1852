"""What staff set for a call comes back with what they read: where that is another by now, nothing is overwritten."""

from typing import Any

from django.db.models import Model
from i18nfield.strings import LazyI18nString


class ChangedError(Exception):
    """Somebody set it otherwise since it was read."""


def as_read(row: Model | None, *names: str) -> dict[str, Any]:
    """What a form shows of these columns, in plain values; nothing of a row that is not there."""
    return {name: _plain(getattr(row, name)) for name in names} if row else {}


def _plain(value: Any) -> Any:
    """Words by language, only those that there are; anything else as it is."""
    data = value.data if isinstance(value, LazyI18nString) else value
    return {code: text for code, text in data.items() if text} if isinstance(data, dict) else data
