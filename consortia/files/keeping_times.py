"""How long uploads are kept that became no file, and files whose consortium is gone."""

from datetime import timedelta

from accounts.privacy.keeping import KeepingTime

UNFINISHED = KeepingTime(
    "unfinished_uploads",
    "uploads for a consortium that were not finished",
    "after their last part",
    timedelta(days=1),
)
STRAY = KeepingTime(
    "stray_files_of_consortia", "files of a consortium that is gone", "after the upload", timedelta(days=1)
)
