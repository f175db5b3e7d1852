"""Who was erased, kept apart from the database and its dumps: keyed hashes, one small file each.

It lies where `STORAGES["erasures"]` says, which all machines share and no restore touches. Nobody can read an
address in it, and who does not have `SECRET_KEY` cannot even try one.
"""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import Storage, storages
from django.utils.crypto import salted_hmac

from accounts.personal_data.models import Erasure
from accounts.users.models import User

SALT = "accounts.personal_data.erasures"


def account(user: User) -> str:
    """What an account is called besides its addresses, which change and may go to somebody else."""
    return f"account:{user.pk}"


def digests(names: Iterable[str]) -> list[str]:
    """One for each address or `account`, in their order."""
    return [_digest(name, settings.SECRET_KEY) for name in names]


def all_digests(email: str) -> list[str]:
    """What the address or `account` was called under this key and under those before it."""
    return [_digest(email, key) for key in [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]]


def _digest(email: str, key: str | bytes) -> str:
    return salted_hmac(SALT, User.normalise_email(email), secret=key, algorithm="sha256").hexdigest()


def append(erasure: Erasure) -> None:
    """Before the transaction ends: should it break here, a restored backup forgets somebody who asked for it."""
    said = {
        "erasure": str(erasure.uuid),
        "at": erasure.at.isoformat(),
        "how": erasure.how,
        "digests": erasure.digests,
    }
    if not _storage().exists(_name(erasure)):
        _storage().save(_name(erasure), ContentFile(json.dumps(said).encode()))


def entries() -> Iterator[dict[str, Any]]:
    """Every one, in no order."""
    try:
        names = _storage().listdir("")[1]
    except FileNotFoundError:  # nobody was ever erased
        return
    for name in names:
        if name.endswith(".json"):
            with _storage().open(name) as file:
                yield json.loads(file.read())


def remove(erasure: Erasure) -> None:
    """No backup is left from before it."""
    _storage().delete(_name(erasure))


def _name(erasure: Erasure) -> str:
    return f"{erasure.uuid.hex}.json"


def _storage() -> Storage:
    return storages["erasures"]
