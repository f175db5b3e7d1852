"""The open data as one: its root, its description, its catalogue, and how to use it."""
