"""Reminders of deadlines, and what will be sent when."""
