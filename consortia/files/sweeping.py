"""What nobody needs any more goes by itself: uploads that were never finished, and files that no row names."""

from django.core.files.storage import Storage
from django.db.models.functions import Now
from django.utils import timezone

from accounts.privacy import erasing
from consortia.files.keeping_times import STRAY, UNFINISHED
from consortia.files.models import PLACE, FileVersion, Upload


def sweep() -> int:
    """Delete them; returns how many files. What was just written may not be committed yet, and stays."""
    erasing.delete(Upload.objects.filter(changed_at__lt=Now() - UNFINISHED.span))
    storage = FileVersion._meta.get_field("content").storage
    written_before = timezone.now() - STRAY.span
    stray = [name for name in _unnamed(storage) if storage.get_modified_time(name) < written_before]
    for name in stray:
        storage.delete(name)
    return len(stray)


def _unnamed(storage: Storage) -> set[str]:
    """What lies there without a row: files, and parts of uploads."""
    unfinished = f"{PLACE}/unfinished"
    files = {f"{PLACE}/{name}" for name in _names(storage, PLACE)}
    parts = {f"{unfinished}/{name}" for name in _names(storage, unfinished)}
    files -= set(FileVersion.objects.filter(content__in=files).values_list("content", flat=True))
    return files | (parts - {each.place for each in Upload.objects.all()})


def _names(storage: Storage, folder: str) -> list[str]:
    try:
        return list(storage.listdir(folder)[1])
    except FileNotFoundError:  # nobody has ever uploaded one
        return []
