"""Practices as rows of a spreadsheet: the columns, what a cell says, files read and files written."""
