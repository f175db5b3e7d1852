"""The open data as one: root, description, catalogue, and how to use it."""
