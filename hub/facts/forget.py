"""What the record of changes forgets on request."""

import re
from typing import Any

from wagtail.models import ModelLogEntry


def forget(email: str) -> int:
    """Takes an address out of every value on record; returns from how many entries."""
    email = email.strip()
    if not email:
        return 0
    found = list(ModelLogEntry.objects.select_for_update().filter(data__changes__icontains=email))
    for entry in found:
        entry.data = _without(entry.data, re.compile(re.escape(email), re.IGNORECASE))
    ModelLogEntry.objects.bulk_update(found, ["data"])
    return len(found)


def _without(value: Any, email: re.Pattern[str]) -> Any:
    if isinstance(value, dict):
        return {name: _without(each, email) for name, each in value.items()}
    if isinstance(value, list):
        return [_without(each, email) for each in value]
    if isinstance(value, str):
        return email.sub("", value)
    return value
