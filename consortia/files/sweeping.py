"""What nobody needs any more goes by itself: uploads that were never finished, and files that no row names."""

from collections.abc import Callable, Iterator
from datetime import datetime
from itertools import islice
from uuid import UUID

from django.core.files.storage import Storage
from django.db.models.functions import Now
from django.utils import timezone

from accounts.privacy import erasing
from consortia.files.keeping_times import STRAY, UNFINISHED
from consortia.files.models import PLACE, FileVersion, Upload

# So many names are asked of the database at once, however many files there are.
PORTION = 500
_PARTS = f"{PLACE}/unfinished"


def sweep() -> int:
    """Delete them; returns how many files. What was just written may not be committed yet, and stays."""
    erasing.delete(Upload.objects.filter(changed_at__lt=Now() - UNFINISHED.span))
    storage = FileVersion._meta.get_field("content").storage
    written_before = timezone.now() - STRAY.span
    return _sweep(storage, PLACE, written_before, _files) + _sweep(storage, _PARTS, written_before, _uploads)


def _sweep(storage: Storage, folder: str, written_before: datetime, named: Callable[[list[str]], set[str]]) -> int:
    """What is old in a folder and not among those that `named` finds a row for.

    The rows are asked first: how old a file is takes a request for each where the storage is another machine.
    """
    number, places = 0, _places(storage, folder)
    while portion := list(islice(places, PORTION)):
        for place in set(portion) - named(portion):
            if _is_old(storage, place, written_before):
                storage.delete(place)
                number += 1
    return number


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
