"""Hearing of what is new in the library: its searches that can be followed, the feed, and the newsletter."""
