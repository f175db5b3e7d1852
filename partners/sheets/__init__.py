"""Organisations as rows of a spreadsheet: `importing.plan` says what a sheet would do, `confirm` does it."""
