"""Practices in and out of spreadsheets: `importing.plan` says what a sheet would do, `importing.confirm` does it,
`exporting.export` writes one.
"""
