"""How long drafts of consortia are kept, with who did what in them."""

from datetime import timedelta

from accounts.privacy.keeping import KeepingTime

CONSORTIA = KeepingTime(
    "consortia", "drafts of consortia, their logs and sign-offs", "after the last change", timedelta(days=730)
)
