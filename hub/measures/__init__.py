"""What the portal can count of itself: `registry.register` is how an app says what it counts.

`counting` gives figure and records from one query, so that nobody finds other records behind a figure than it counts.
"""
