"""What nobody needs any more goes by itself: uploads that were never finished, and files that no row names."""

from collections.abc import Callable, Iterator
from datetime import datetime
from itertools import islice
from uuid import UUID

from django.core.files.storage import Storage
from django.db.models import QuerySet
from django.db.models.functions import Now
from django.utils import timezone

from accounts.privacy import erasing
from accounts.privacy.keeping import Moment
from consortia.files.keeping_times import STRAY, UNFINISHED
from consortia.files.models import PLACE, FileVersion, Upload

# So many names are asked of the database at once, however many files there are.
PORTION = 500
_PARTS = f"{PLACE}/unfinished"


def unfinished(at: Moment) -> QuerySet[Upload]:
    """Uploads of which nothing came for long before that moment."""
    return Upload.objects.filter(changed_at__lt=at - UNFINISHED.span)


def stray(at: datetime) -> Iterator[str]:
    """The places of files that no row names. What was written just before that moment may not be committed yet."""
    written_before = at - STRAY.span
    yield from _unnamed(PLACE, written_before, _files)
    yield from _unnamed(_PARTS, written_before, _uploads)


def forget_unfinished() -> int:
    """Delete such uploads; what came of them goes as a stray file."""
    return erasing.delete(unfinished(Now()))


def sweep() -> int:
    """Delete stray files; returns how many."""
    number = 0
    for place in stray(timezone.now()):
        _storage().delete(place)
        number += 1
    return number


def _storage() -> Storage:
    storage: Storage = FileVersion._meta.get_field("content").storage
    return storage


def _unnamed(folder: str, written_before: datetime, named: Callable[[list[str]], set[str]]) -> Iterator[str]:
    """What is old in a folder and not among those that `named` finds a row for.

    The rows are asked first: how old a file is takes a request for each where the storage is another machine.
    """
    storage = _storage()
    places = _places(storage, folder)
    while portion := list(islice(places, PORTION)):
        yield from (place for place in set(portion) - named(portion) if _is_old(storage, place, written_before))


def _places(storage: Storage, folder: str) -> Iterator[str]:
    try:
        names = storage.listdir(folder)[1]
    except FileNotFoundError:  # nobody has ever uploaded one
        return
    yield from (f"{folder}/{name}" for name in names)


def _is_old(storage: Storage, place: str, written_before: datetime) -> bool:
    try:
        return storage.get_modified_time(place) < written_before
    except FileNotFoundError:  # its upload was finished since the folder was read
        return False


def _files(places: list[str]) -> set[str]:
    return set(FileVersion.objects.filter(content__in=places).values_list("content", flat=True))


def _uploads(places: list[str]) -> set[str]:
    keys = {place: key for place in places if (key := _key(place))}
    known = set(Upload.objects.filter(uuid__in=set(keys.values())).values_list("uuid", flat=True))
    return {place for place, key in keys.items() if key in known}


def _key(place: str) -> UUID | None:
    try:
        return UUID(hex=place.rpartition("/")[2].partition(".")[0])
    except ValueError:  # no upload was ever called this
        return None
