"""Whose an event is: staff with the right see all, an organiser the events they were given, and nobody else's."""
