"""Seats taken by many at once, and the door."""
