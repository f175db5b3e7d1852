"""Things as rows of a spreadsheet: files read (`uploads.read`), planned and confirmed (`planning`), and written."""
