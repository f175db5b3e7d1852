"""A restored backup forgets again: who was erased after it was made is erased in it, too."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any, TypeVar

from django.db import transaction

from accounts.personal_data import declarations, erasing, forgotten_list
from accounts.personal_data.models import Erasure
from accounts.personal_data.subjects import Subject
from accounts.users import addresses
from accounts.users.models import User

Thing = TypeVar("Thing")


def replay() -> int:
    """Erase again whom this database does not know as erased; returns how many there were. Twice does nothing more.

    An erasure that the database has on record was done before the backup was made: who came back afterwards stays.
    """
    known = {str(uuid) for uuid in Erasure.objects.values_list("uuid", flat=True)}
    missing = [entry for entry in forgotten_list.entries() if entry["erasure"] not in known]
    if not missing:
        return 0
    wanted = {digest: entry["erasure"] for entry in missing for digest in entry["digests"]}
    emails = _among(wanted, ((email, email) for email in _addresses()))
    users = _among(wanted, ((forgotten_list.account(user), user) for user in User.objects.only("pk").iterator()))
    for entry in missing:
        _again(entry, emails[entry["erasure"]], users[entry["erasure"]])
    return sum(1 for entry in missing if emails[entry["erasure"]] or users[entry["erasure"]])


def _among(wanted: dict[str, str], named: Iterable[tuple[str, Thing]]) -> dict[str, set[Thing]]:
    """Of what is in the database, each with what the list calls it, what was erased; by erasure."""
    found: dict[str, set[Thing]] = defaultdict(set)
    for name, thing in named:
        for digest in forgotten_list.all_digests(name):
            if digest in wanted:
                found[wanted[digest]].add(thing)
    return found


def _addresses() -> Iterator[str]:
    """Every address in a column that an app declared as somebody's."""
    columns = {(kind.model, way) for kind in declarations.all_kinds() for way in kind.addresses if "__" not in way}
    columns |= {(kind.model, "email") for kind in declarations.all_kinds() if "email" in kind.fields}
    for model, name in columns:
        yield from model._base_manager.exclude(**{name: ""}).values_list(name, flat=True).distinct().iterator()


@transaction.atomic
def _again(entry: dict[str, Any], emails: set[str], users: set[User]) -> None:
    """Each address by itself: the account that holds it in the backup may be somebody else's than it was at the end."""
    removed: Counter[str] = Counter()
    kept: Counter[str] = Counter()
    subjects = [_as_listed(User.objects.get(pk=user.pk)) for user in users]
    subjects += [Subject((email,)) for email in sorted(map(User.normalise_email, emails))]
    for subject in subjects:
        gone, stays = erasing.forget(subject)
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


def _as_listed(user: User) -> Subject:
    """The account with the address that it goes by; what else it had proved then, it may have given up."""
    return Subject((user.email,) if addresses.holds(user, user.email) else (), user)
