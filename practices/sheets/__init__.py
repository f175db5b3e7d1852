"""Practices as rows of a spreadsheet: the columns, and what helps to fill one in."""
