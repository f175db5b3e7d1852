"""How long consortia are kept, drafts and declared ones alike, with all that is in them and who did what."""

from datetime import timedelta

from accounts.privacy.keeping import KeepingTime

CONSORTIA = KeepingTime(
    "consortia",
    "consortia, drafts and declared ones, with their files, notes, tasks, proposals, logs and sign-offs",
    "after the last change",
    timedelta(days=730),
)
