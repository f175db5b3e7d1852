"""A restored backup forgets again: who was erased after it was made is erased in it, too."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db import transaction

from accounts.personal_data import declarations, erasing, forgotten_list
from accounts.personal_data.models import Erasure
from accounts.personal_data.subjects import of_address


def replay() -> int:
    """Erase again whom this database does not know as erased; returns how many there were. Twice does nothing more.

    An erasure that the database has on record was done before the backup was made: who came back afterwards stays.
    """
    known = {str(uuid) for uuid in Erasure.objects.values_list("uuid", flat=True)}
    missing = [entry for entry in forgotten_list.entries() if entry["erasure"] not in known]
    if not missing:
        return 0
    found = _found({digest: entry["erasure"] for entry in missing for digest in entry["digests"]})
    for entry in missing:
        _again(entry, found[entry["erasure"]])
    return sum(1 for entry in missing if found[entry["erasure"]])


def _found(wanted: dict[str, str]) -> dict[str, set[str]]:
    """The addresses in the database that were erased, by erasure."""
    found: dict[str, set[str]] = defaultdict(set)
    for email in _addresses():
        for digest in forgotten_list.all_digests(email):
            if digest in wanted:
                found[wanted[digest]].add(email)
    return found


def _addresses() -> Iterator[str]:
    """Every address in a column that an app declared as somebody's."""
    columns = {(kind.model, way) for kind in declarations.all_kinds() for way in kind.addresses if "__" not in way}
    columns |= {(kind.model, "email") for kind in declarations.all_kinds() if "email" in kind.fields}
    for model, name in columns:
        yield from model._base_manager.exclude(**{name: ""}).values_list(name, flat=True).distinct().iterator()


@transaction.atomic
def _again(entry: dict[str, Any], emails: set[str]) -> None:
    removed: Counter[str] = Counter()
    kept: Counter[str] = Counter()
    for email in sorted(emails):
        gone, stays = erasing.forget(of_address(email))
        removed.update(gone)
        kept.update(stays)
    Erasure.objects.create(
        uuid=entry["erasure"],
        at=datetime.fromisoformat(entry["at"]),
        how=entry["how"],
        digests=entry["digests"],
        removed=removed,
        kept=kept,
    )
