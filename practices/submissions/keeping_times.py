"""How long what somebody sent in about a practice is kept."""

from datetime import timedelta

from accounts.privacy.keeping import KeepingTime

DRAFTS = KeepingTime(
    "drafts_of_practices",
    "practices that somebody describes and has not sent",
    "after the last change",
    timedelta(days=365),
)
# So long somebody can still read and copy what they wrote; a published practice has the words itself.
DECIDED = KeepingTime(
    "decided_practices",
    "answers and files of practices that somebody sent",
    "after the decision",
    timedelta(days=90),
)
STRAY_FILES = KeepingTime(
    "stray_files",
    "files sent about a practice that is gone",
    "after the upload",
    timedelta(days=1),
)
