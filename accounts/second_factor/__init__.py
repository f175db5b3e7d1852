"""Rights of staff count only in sessions that have shown a second factor."""
