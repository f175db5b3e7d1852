"""How long an uploaded spreadsheet is kept."""

from datetime import timedelta

from accounts.privacy.keeping import KeepingTime

IMPORTS = KeepingTime("imports", "spreadsheets of practices that were uploaded", "after the upload", timedelta(days=1))
