"""How long an uploaded spreadsheet is kept."""

from datetime import timedelta

from accounts.privacy.keeping import KeepingTime

IMPORTS = KeepingTime(
    "organisation_imports", "spreadsheets of organisations that were uploaded", "after the upload", timedelta(days=1)
)
