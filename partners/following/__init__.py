"""Hearing of what is new: organisations to follow, searches of offers and requests, and what these tell."""
