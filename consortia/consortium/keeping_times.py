"""How long drafts of consortia are kept, with all that is in them and who did what."""

from datetime import timedelta

from accounts.privacy.keeping import KeepingTime

CONSORTIA = KeepingTime(
    "consortia",
    "drafts of consortia, their files, notes, tasks, proposals, logs and sign-offs",
    "after the last change",
    timedelta(days=730),
)
