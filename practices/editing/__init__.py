"""Practices as staff edit them: the form with its panels (`admin.editor`), versions that wait, locks, and what is
lacking before publication.
"""
