"""What was learned at an event is asked of its organisers the day after, once: `asking.run`."""
