"""Reminders before an event, to everybody with a seat: what to bring, how to get there, how to give the seat back."""
